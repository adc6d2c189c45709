"""Mijn bestanden: everybody has a list; what stands in it is for who asked."""

from mvi_portal.accounts.models import User
from tests.access.rows import ALL, NOBODY, Access
from tests.factories.jobs import JobFactory


def of_job(verb: str = "") -> str:
    by, _ = User.objects.get_or_create(email="ander@voorbeeld.example", defaults={"name": "Ander"})
    return f"/mijn-bestanden/{JobFactory(by=by).pk}/{verb}"


ROWS = [
    Access("jobs:file-list", get=ALL),
    Access("jobs:file-detail", get=NOBODY, address=of_job),
    Access("jobs:file-progress", get=NOBODY, address=lambda: of_job("voortgang/")),
    Access("jobs:file-download", get=NOBODY, address=lambda: of_job("bestand/")),
    Access("jobs:file-cancel", get=None, post=NOBODY, address=lambda: of_job("afbreken/")),
]
