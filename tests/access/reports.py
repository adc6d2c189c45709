"""Letters."""

from django.core.files.base import ContentFile

from tests.access.rows import ALL, Access
from tests.factories.reports import LetterVersionFactory


def file() -> str:
    version = LetterVersionFactory.ready(file=ContentFile(b"%PDF-", name="brief.pdf"))
    return f"/brieven/{version.letter.slug}/{version.number}.pdf"


ROWS = [
    Access("reports:letter-list", get=ALL),
    Access("reports:version-file", get=ALL, address=file),
]
