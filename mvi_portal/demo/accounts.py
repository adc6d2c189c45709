"""The demonstration's accounts: one for each part that a person can have."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password

from mvi_portal.accounts.models import Role, User
from mvi_portal.demo.common import DEMO, Fields, Organisations, municipality
from mvi_portal.demo.writer import Writer
from signatories.models import Representative

SINCE = date(2021, 1, 22)  # the plan was offered to parliament


@dataclass(frozen=True)
class Account:
    """Somebody who can log in; `acts_for` is the key of an organisation."""

    email: str
    name: str
    role: Role
    acts_for: str = ""


def _account(who: str, name: str, role: Role, acts_for: str = "") -> Account:
    return Account(f"{who}@voorbeeld.example", name, role, acts_for)


ACCOUNTS = (
    _account("secretariaat", "Secretariaat DGMI", Role.SECRETARIAT),
    _account("ienw", "Beleidsmedewerker IenW", Role.OFFICER, "mnre1130"),
    _account("bzk", "Beleidsmedewerker BZK", Role.OFFICER, "mnre1034"),
    _account("ez", "Beleidsmedewerker EZ", Role.OFFICER, "mnre1045"),
    _account("pianoo-1", "Eerste beoordelaar PIANOo", Role.EVALUATOR, "pianoo"),
    _account("pianoo-2", "Tweede beoordelaar PIANOo", Role.EVALUATOR, "pianoo"),
    _account("ipo", "Medewerker IPO", Role.OFFICER, "ipo"),
    _account("vng", "Medewerker VNG", Role.OFFICER, "vng"),
    _account("uvw", "Medewerker Unie van Waterschappen", Role.OFFICER, "uvw"),
    _account("contact", "Contactpersoon Voorbeeldgemeente 05", Role.CONTACT, municipality(5)),
    _account("lezer", "Lezer", Role.READER),
    _account("beheerder", "Beheerder", Role.ADMINISTRATOR),
)


def load(
    writer: Writer, organisations: Organisations, *, password: Callable[[], str]
) -> tuple[dict[str, User], set[str]]:
    """The accounts by address, and the addresses of the new ones. One that is there stays as it is."""
    known = {user.email: user for user in User.objects.filter(email__in=_emails())}
    lacking = [account for account in ACCOUNTS if account.email not in known]
    hashed = make_password(password()) if lacking else ""  # once: it is made to take long
    new = [_user(account, hashed) for account in lacking]
    made = {user.email: user for user in writer.write(User, new, key=["email"], update=False).values()}
    users = known | made
    writer.write(
        Representative, _representatives(users, organisations), key=["user", "organisation", "valid_from"]
    )
    return users, set(made)


def _representatives(users: dict[str, User], organisations: Organisations) -> Iterator[Fields]:
    for account in ACCOUNTS:
        if account.acts_for:
            yield {
                "user": users[account.email],
                "organisation": organisations[account.acts_for],
                "valid_from": SINCE,
                **DEMO,
            }


def _emails() -> list[str]:
    return [account.email for account in ACCOUNTS]


def _user(account: Account, hashed: str) -> Fields:
    return {
        "email": account.email,
        "name": account.name,
        "role": account.role,
        "is_superuser": account.role is Role.ADMINISTRATOR,
        "password": hashed,
    }
