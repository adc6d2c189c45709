"""What must hold on every page, in every width."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Error, Page, Request, Response

from mvi_portal.devservices.portal import HOST
from tests.e2e.browser import HEIGHT, NARROW, WIDE, ZOOMED
from tests.e2e.keys import REACHED
from tests.e2e.portal import ROOT

AXE = ROOT / "node_modules" / "axe-core"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OPTIONS = {
    "runOnly": {"type": "tag", "values": RULES},
    "resultTypes": ["violations"],
    "preload": False,  # style sheets of other hosts, which we have none of
}
# of a page that was judged wide: what depends on where things stand, as all else is the same there
BY_PLACE = {**OPTIONS, "runOnly": {"type": "rule", "values": ["target-size", "scrollable-region-focusable"]}}
MAX_OWN_BYTES = 100_000  # of our style sheets and scripts, compressed, on one page
OWN = ("/static/css/", "/static/js/")
SHAPE = """() => ({
    lang: document.documentElement.lang,
    title: document.title.trim(),
    h1: document.querySelectorAll("h1").length,
    ids: [...document.querySelectorAll("[id]")].map(element => element.id),
})"""
TOO_WIDE = """() => {
    const page = document.scrollingElement;
    if (page.scrollWidth <= innerWidth) return "";
    const reaches = element => element.getBoundingClientRect().right > innerWidth + 1;
    const wide = [...document.querySelectorAll("body *")].filter(reaches).slice(0, 5);
    return [`${page.scrollWidth} px`, ...wide.map(one => `${one.tagName}.${one.className}`)].join(" ");
}"""


@dataclass
class Record:
    """What the browser saw go wrong or go elsewhere, and what it fetched of our own, in bytes."""

    faults: list[str] = field(default_factory=list)
    own: dict[str, int] = field(default_factory=dict)

    @property
    def events(self) -> dict[str, Callable[[Any], None]]:
        return {
            "request": self._asked,
            "response": self._answered,
            "requestfailed": self._failed,
            "console": self._said,
            "pageerror": self._broke,
        }

    def _asked(self, request: Request) -> None:
        if urlsplit(request.url).hostname not in {HOST, None}:
            self.faults.append(f"another host: {request.url}")

    def _answered(self, answer: Response) -> None:
        if answer.status >= 400:
            self.faults.append(f"{answer.status}: {answer.url}")
        if urlsplit(answer.url).path.startswith(OWN):
            self.own[answer.url] = _compressed(answer)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(f"console: {message.text}")

    def _failed(self, request: Request) -> None:
        """Not what the browser itself let go of, as it left for the next page before an icon came."""
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"failed: {request.url}")

    def _broke(self, error: Error) -> None:
        self.faults.append(f"script: {error}")


_SIZES: dict[str, int] = {}


def _compressed(answer: Response) -> int:
    if answer.url not in _SIZES:
        _SIZES[answer.url] = len(gzip.compress(answer.body()))
    return _SIZES[answer.url]


@contextmanager
def recorded(page: Page) -> Iterator[Record]:
    """What the browser sees of the page meanwhile; a breach of the policy is an error on its console."""
    record = Record()
    for event, handler in record.events.items():
        page.on(event, handler)  # type: ignore[call-overload] # one signature for each event
    try:
        yield record
    finally:
        for event, handler in record.events.items():
            page.remove_listener(event, handler)


def visit(page: Page, address: str, *, narrow: Mapping[str, Any] = OPTIONS) -> list[str]:
    """Open the page, and tell all that is wrong with it, at each width; `narrow` is what axe does at 360."""
    with recorded(page) as record:
        page.goto(address, wait_until="load")
        faults = [*_elsewhere(page, address), *_shape(page), *_widths(page, narrow)]
        faults += page.evaluate(REACHED)
    if sum(record.own.values()) > MAX_OWN_BYTES:
        faults.append(f"our own style and script: {record.own}")
    return [f"{address}: {fault}" for fault in record.faults + faults]


def _widths(page: Page, narrow: Mapping[str, Any]) -> Iterator[str]:
    for width in (ZOOMED, NARROW, WIDE):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        if wide := page.evaluate(TOO_WIDE):
            yield f"{width} px: scrolls sideways: {wide}"
        if width != ZOOMED:
            yield from (f"{width} px: {fault}" for fault in axe(page, OPTIONS if width == WIDE else narrow))


def _elsewhere(page: Page, address: str) -> Iterator[str]:
    if urlsplit(page.url).path != urlsplit(address).path:
        yield f"leads to {page.url}"


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


def axe(page: Page, options: Mapping[str, Any] = OPTIONS) -> list[str]:
    """The rules of WCAG that the page breaks, each with the elements that do.

    The script comes in over the debugging protocol: the page's own policy would refuse it, and stays on.
    """
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(axe_script())
    found = page.evaluate("options => axe.run(document, options)", dict(options))
    return [
        f"{rule['id']}: {rule['help']}: {node['html']} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


@cache
def axe_script() -> str:
    """The judge and its Dutch words."""
    dutch = json.loads((AXE / "locales" / "nl.json").read_text())
    return f"{(AXE / 'axe.min.js').read_text()};axe.configure({{locale: {json.dumps(dutch)}}})"
