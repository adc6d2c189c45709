"""What must hold on every page, in every width."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, Response

from tests.e2e.browser import HEIGHT, NARROW, WIDE, ZOOMED
from tests.e2e.portal import ROOT

AXE = ROOT / "node_modules" / "axe-core"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
MAX_OWN_BYTES = 100_000  # of our style sheets and scripts, compressed, on one page
OWN = ("/static/css/", "/static/js/")
TELL_POLICY = """document.addEventListener("securitypolicyviolation",
    event => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`))"""
SHAPE = """() => ({
    lang: document.documentElement.lang,
    title: document.title.trim(),
    h1: document.querySelectorAll("h1").length,
    ids: [...document.querySelectorAll("[id]")].map(element => element.id),
})"""
TOO_WIDE = """() => {
    const page = document.scrollingElement;
    if (page.scrollWidth <= innerWidth) return [];
    const wide = [...document.querySelectorAll("body *")].filter(
        element => element.getBoundingClientRect().right > innerWidth + 1);
    return [`${page.scrollWidth} px`, ...wide.slice(0, 5).map(element => `${element.tagName}.${element.className}`)];
}"""


@dataclass
class Record:
    """What the browser saw go wrong or go elsewhere, and what it fetched of our own."""

    origin: str
    faults: list[str] = field(default_factory=list)
    own: dict[str, int] = field(default_factory=dict)

    def listen(self, page: Page) -> None:
        page.add_init_script(TELL_POLICY)
        page.on("request", self._asked)
        page.on("response", self._answered)
        page.on("requestfailed", lambda request: self.faults.append(f"failed: {request.url}"))
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.origin, "data:", "blob:")):
            self.faults.append(f"another host: {request.url}")

    def _answered(self, answer: Response) -> None:
        if answer.status >= 400:
            self.faults.append(f"{answer.status}: {answer.url}")
        if urlsplit(answer.url).path.startswith(OWN):
            self.own[answer.url] = _compressed(answer)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(f"console: {message.text}")


_SIZES: dict[str, int] = {}


def _compressed(answer: Response) -> int:
    if answer.url not in _SIZES:
        _SIZES[answer.url] = len(gzip.compress(answer.body()))
    return _SIZES[answer.url]


@contextmanager
def recorded(page: Page, origin: str) -> Iterator[Record]:
    """Afterwards the browser must have had nothing to complain of."""
    record = Record(origin)
    record.listen(page)
    yield record
    assert not record.faults, "\n".join(record.faults)


def faults_of(page: Page) -> list[str]:
    """All that is wrong with the page that is open, at each width."""
    faults = list(_shape(page))
    for width in (ZOOMED, NARROW, WIDE):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        faults += [
            f"{width} px: scrolls sideways: {' '.join(wide)}" for wide in [page.evaluate(TOO_WIDE)] if wide
        ]
        if width != ZOOMED:
            faults += [f"{width} px: {fault}" for fault in axe(page)]
    return faults


def _shape(page: Page) -> Iterator[str]:
    shape = page.evaluate(SHAPE)
    if shape["lang"] != "nl":
        yield f"language {shape['lang']!r}"
    if not shape["title"].removesuffix("- MVI-portaal").strip():
        yield "no title"
    if shape["h1"] != 1:
        yield f"{shape['h1']} times h1"
    if twice := {found for found in shape["ids"] if shape["ids"].count(found) > 1}:
        yield f"twice the same id: {twice}"


def axe(page: Page) -> list[str]:
    """The rules of WCAG that the page breaks, each with the elements that do.

    The script is evaluated over the debugging protocol: the page's own policy would not let it in, and stays on.
    """
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_axe_script())
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{rule['id']}: {rule['help']}: {node['html']} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


@cache
def _axe_script() -> str:
    dutch = json.loads((AXE / "locales" / "nl.json").read_text())
    return f"{(AXE / 'axe.min.js').read_text()};axe.configure({{locale: {json.dumps(dutch)}}})"
