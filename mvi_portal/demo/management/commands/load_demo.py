"""Load the demonstration register and its accounts."""

from __future__ import annotations

import json
import os
from functools import cache
from typing import Any

from django.core.management.base import CommandParser
from django.utils.crypto import get_random_string

from mvi_portal.core.commands import PortalCommand
from mvi_portal.core.numbers import number
from mvi_portal.demo.accounts import ACCOUNTS
from mvi_portal.demo.loading import Loaded, load

PASSWORD = "DEMO_PASSWORD"  # noqa: S105 - the name of the variable, not a password


class Command(PortalCommand):
    help = "Laad de demonstratiegegevens: openbare feiten, verzonnen organisaties, twee brieven en accounts."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="de uitkomst als JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        given = os.environ.get(PASSWORD, "").strip()
        password = cache(lambda: given or get_random_string(16))
        loaded = load(password=password)
        generated = password() if loaded.new_accounts and not given else ""
        outcome = _as_dict(loaded, generated) if options["json"] else None
        self.stdout.write(
            json.dumps(outcome, ensure_ascii=False, indent=2) if outcome else _text(loaded, generated)
        )


def _as_dict(loaded: Loaded, generated: str) -> dict[str, Any]:
    """`password` is there only when one was made up: nobody can ask for it again."""
    return {
        "unchanged": loaded.is_unchanged,
        "organisations": loaded.organisations,
        "created": loaded.created,
        "changed": loaded.changed,
        "kept": loaded.kept,
        "confirmed": loaded.confirmed,
        "accounts": [
            {
                "email": account.email,
                "name": account.name,
                "role": account.role.value,
                "organisation": account.acts_for,
                "new": account.email in loaded.new_accounts,
            }
            for account in ACCOUNTS
        ],
        "password": generated or None,
    }


def _text(loaded: Loaded, generated: str) -> str:
    return "\n".join([*_rows(loaded), "", *_accounts(), "", _password(loaded, generated)])


def _rows(loaded: Loaded) -> list[str]:
    if loaded.is_unchanged:
        lines = ["De demonstratiegegevens waren al geladen: er is niets veranderd."]
    else:
        created, changed = sum(loaded.created.values()), sum(loaded.changed.values())
        lines = [
            "Demonstratiegegevens geladen:",
            f"  {number(loaded.organisations)} wijzigingen uit de tabel met feiten",
            f"  {number(created)} rijen toegevoegd, {number(changed)} bijgewerkt",
            f"  {number(loaded.confirmed)} opvolgingen bevestigd",
        ]
    if kept := sum(loaded.kept.values()):
        names = ", ".join(f"{name}: {number(count)}" for name, count in loaded.kept.items())
        lines.append(f"Door iemand gewijzigd, en daarom zo gelaten: {number(kept)} ({names}).")
    return lines


def _accounts() -> list[str]:
    width = max(len(account.email) for account in ACCOUNTS)
    return [
        "Accounts:",
        *(f"  {account.email:<{width}}  {account.name} ({account.role.label})" for account in ACCOUNTS),
    ]


def _password(loaded: Loaded, generated: str) -> str:
    if generated:
        return f"Wachtwoord van de nieuwe accounts: {generated}"
    if loaded.new_accounts:
        return f"Het wachtwoord van de nieuwe accounts is dat van {PASSWORD}."
    return "De accounts waren er al: hun wachtwoorden blijven zoals ze zijn."
