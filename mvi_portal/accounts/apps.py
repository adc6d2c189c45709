from __future__ import annotations

from typing import Any

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "mvi_portal.accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        """The administrator's pages stand last in the menu, for administrators only."""
        from mvi_portal.core.contributions import Entry, management_pages
        from mvi_portal.core.menu import Page, pages

        accounts = Entry(
            "Accounts", "accounts:account-list", "Nodig mensen uit, wijzig hun rol of zet hun account uit."
        )
        rights = Entry("Rechten", "accounts:rights", "Bekijk wat elke rol in het portaal mag.")
        rows = Entry(
            "Alle rijen", "admin:index", "Kijk in de tabellen achter het portaal. Wijzigen kan hier niet."
        )
        management_pages.add("accounts", accounts, order=100)
        management_pages.add("rights", rights, order=300)
        management_pages.add("admin", rows, order=900)
        pages.add("management", Page("Beheer", "accounts:management", _administrator), order=950)


def _administrator(user: Any) -> bool:
    from mvi_portal.accounts.permissions import Action, may

    return may(user, Action.MANAGE_ACCOUNTS)
