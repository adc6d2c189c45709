"""The outbox."""

from __future__ import annotations

from mvi_portal.accounts.models import Role
from tests.access.rows import Access
from tests.factories.mails import MailFactory

KEEPERS = {Role.SECRETARIAT}


def mail() -> str:
    return f"/berichten/{MailFactory.refused().pk}/"


ROWS = [
    Access("mails:mail-list", get=KEEPERS),
    Access("mails:mail-export", get=KEEPERS),
    Access("mails:mail-detail", get=KEEPERS, address=mail),
    Access("mails:mail-decide", get=None, post=KEEPERS, address=lambda: f"{mail()}besluit/"),
]
