"""What comes in from a workbook: for who keeps the list; a file sent is for who sent it."""

from collections.abc import Callable

from mvi_portal.accounts.models import Role
from tests.access.rows import NOBODY, Access
from tests.factories.imports import ImportFactory

SECRETARIAT = {Role.SECRETARIAT}


def of_import(verb: str = "") -> Callable[[], str]:
    return lambda: f"/inlezen/{ImportFactory().pk}/{verb}"


def own(name: str, verb: str = "", *, get: bool = False) -> Access:
    """Somebody else's: not found, for everybody."""
    seen = NOBODY if get else None
    return Access(f"imports:{name}", get=seen, post=None if get else NOBODY, address=of_import(verb))


ROWS = [
    Access(
        "imports:import-new", get=SECRETARIAT, post=SECRETARIAT, address=lambda: "/inlezen/nieuw/signatories/"
    ),
    Access(
        "imports:import-template", get=SECRETARIAT, address=lambda: "/inlezen/nieuw/signatories/sjabloon/"
    ),
    own("import-detail", get=True),
    own("import-progress", "voortgang/", get=True),
    own("import-file", "bestand/", get=True),
    own("import-answer", "antwoorden/"),
    own("import-take", "opslaan/"),
    own("import-again", "opnieuw/"),
    own("import-cancel", "afbreken/"),
]
