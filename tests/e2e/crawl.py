"""Finding every page by following our own links, as each person in turn."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve
from lxml import html
from playwright.sync_api import BrowserContext

STATIC = "/static/"
# the page of a name that shows what others of it lack, and from which more pages are found
RICHEST = {"buyergroups:group-detail": "/buyergroups/voorbeeldgroep-01/"}
SEVERAL = {"jobs:file-detail": 5}  # some jobs have a file, others lead to what they made


@dataclass(frozen=True)
class Found:
    """What one person got at one address. `marks` tells what kinds of elements the page is made of."""

    name: str
    address: str
    who: str
    status: int
    is_page: bool
    linked_from: str
    marks: frozenset[str] = frozenset()
    links: tuple[str, ...] = field(default=(), repr=False)


def name_of(address: str) -> str:
    """The name of the address in the url conf; empty when it is not there."""
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""


class Crawler:
    """One person following links and form addresses, to so many pages of one name.

    Everything is asked with GET, as a GET changes nothing; and past the browser, which takes longer to pass
    an answer on than the portal to give it.
    """

    def __init__(self, portal: str, window: BrowserContext, who: str, *, examples: int) -> None:
        self._place = urlsplit(portal).netloc
        cookies = [f"{cookie['name']}={cookie['value']}" for cookie in window.cookies()]
        self._headers = {"Cookie": "; ".join(cookies), "Accept-Language": "nl"}
        self._who = who
        self._examples = examples
        self._had: Counter[str] = Counter()
        self._asked: set[str] = set()

    def crawl(self, start: str) -> Iterator[Found]:
        waiting = deque([(start, "")])
        while waiting:
            address, linked_from = waiting.popleft()
            if self._is_new(address):
                found = self._ask(address, linked_from)
                yield found
                waiting.extend((link, address) for link in found.links)

    def _is_new(self, address: str) -> bool:
        path, kind = urlsplit(address).path, _kind(name_of(address))
        enough = self._had[kind] >= SEVERAL.get(kind, self._examples)
        if enough or path in self._asked or path != RICHEST.get(kind, path):
            return False
        self._asked.add(path)
        self._had[kind] += 1
        return True

    def _ask(self, address: str, linked_from: str) -> Found:
        with closing(HTTPConnection(self._place)) as portal:
            portal.request("GET", address, headers=self._headers)
            answer = portal.getresponse()
            status, where, body = answer.status, answer.getheader("location", ""), answer.read()
        is_page = answer.getheader("content-type", "").startswith("text/html") and status == 200
        tree = html.fromstring(body) if is_page else None
        return Found(
            name_of(address),
            address,
            self._who,
            status,
            is_page,
            linked_from,
            frozenset() if tree is None else frozenset(marks_of(tree)),
            tuple(_inside(address, [where] if where else [] if tree is None else _addresses(tree))),
        )


def _kind(name: str) -> str:
    """Pages of one name are alike, and so are all those of Django's admin, which are not ours to judge."""
    return "admin" if name.startswith("admin:") else name


def _addresses(tree: html.HtmlElement) -> list[str]:
    return [str(found) for found in tree.xpath("//a/@href | //form/@action")]


def _inside(address: str, links: Iterable[str]) -> Iterator[str]:
    """The links to our own pages, from the root of the portal."""
    for link in links:
        parts = urlsplit(urljoin(address, link))
        if not parts.scheme and not parts.netloc and not parts.path.startswith(STATIC):
            yield parts._replace(fragment="").geturl()


def marks_of(tree: html.HtmlElement) -> Iterator[str]:
    for element in tree.iter(html.etree.Element):
        yield f"{element.tag} {element.get('type', '')} {element.get('class', '')}"


def different(found: Iterable[Found]) -> list[Found]:
    """The pages that show something which no earlier page of the same name showed."""
    seen: dict[str, set[str]] = {}
    kept = []
    for page in (one for one in found if one.is_page):
        known = seen.setdefault(page.name, set())
        if page.marks - known:
            known |= page.marks
            kept.append(page)
    return kept
