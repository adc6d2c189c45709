"""`make screenshots`: every page that the browser tests find, as pictures in two widths."""

from __future__ import annotations

import io
import re
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

import django
from PIL import Image
from playwright.sync_api import Page

from tests.e2e import portal
from tests.e2e.browser import HEIGHT, NARROW, WIDE, Desk, chromium

README = portal.ROOT / "docs" / "start.png"
TARGET = portal.ROOT / "var" / "screenshots"


def main() -> None:
    """A picture for each page that shows something new, of the first person who sees it."""
    django.setup()
    from tests.e2e.site import explore

    shutil.rmtree(TARGET, ignore_errors=True)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        database = stack.enter_context(portal.demonstration(folder, "pictures"))
        address = stack.enter_context(portal.served(database, folder))
        site = explore(Desk(stack.enter_context(chromium()), address, database))
        for number, found in enumerate(site.different, 1):
            page = site.desk.window(found.who)
            page.goto(found.address)
            if (found.name, found.who) == ("home", "secretariaat"):
                front(page)
            picture(page, re.sub(r"[^a-z0-9]+", "-", f"{found.name} {found.who or 'niemand'} {number}"))


def front(page: Page) -> None:
    """The one picture that is committed, for the README: what is seen at once, in few colours."""
    page.set_viewport_size({"width": WIDE, "height": 1_350})
    Image.open(io.BytesIO(page.screenshot())).quantize(96).save(README, optimize=True)


def picture(page: Page, name: str) -> None:
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.screenshot(path=TARGET / str(width) / f"{name}.png", full_page=True)


if __name__ == "__main__":
    main()
