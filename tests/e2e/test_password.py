"""Who forgot a password gets a link by mail, and comes in with a new one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import Desk, sign_in
from tests.e2e.checks import visit

pytestmark = pytest.mark.slow

NEW = "een heel ander wachtwoord"
WHO = "uvw"


def link_in(mails: Path) -> str:
    text = "".join(mail.read_text() for mail in mails.iterdir())
    found = re.search(r"/wachtwoord-kiezen/[^\s/]+/", text)
    assert found, text
    return found[0]


def test_a_link_by_mail_leads_to_a_new_password(writing: Desk, folder: Path) -> None:
    with writing.person() as page:
        page.goto("/wachtwoord-vergeten/")
        page.get_by_label("E-mailadres").fill(f"{WHO}@voorbeeld.example")
        page.get_by_role("button", name="Stuur de mail").click()
        page.goto(link_in(folder / "mail"))
        assert not visit(page, page.url)
        for field in page.get_by_label("wachtwoord").all():
            field.fill(NEW)
        page.get_by_role("button", name="Bewaar en log in").click()
        page.get_by_role("button", name="Uitloggen").click()
        sign_in(page, WHO, NEW)
        expect(page.get_by_role("button", name="Uitloggen")).to_be_visible()


def test_a_link_that_is_too_old_says_so(writing: Desk) -> None:
    with writing.person() as page:
        assert not visit(page, "/wachtwoord-kiezen/1-geen-sleutel/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Deze link werkt niet meer")
