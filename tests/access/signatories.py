"""Line A."""

from mvi_portal.accounts.models import Role
from tests.access.rows import ALL, READERS, Access
from tests.factories.signatories import OrganisationFactory, RepresentativeFactory, SignatoryFactory

KEEPERS = {Role.ADMINISTRATOR}


def organisation() -> str:
    return f"/organisaties/{OrganisationFactory().key}/"


def signature() -> str:
    signed = SignatoryFactory().signature
    return f"/ondertekenaars/{signed.manifest.slug}/{signed.slug}/"


def representation() -> str:
    return f"/beheer/vertegenwoordigers/{RepresentativeFactory().pk}/einde/"


ROWS = [
    Access("signatories:organisation-list", get=ALL),
    Access("signatories:organisation-export", get=ALL),
    Access("signatories:organisation-detail", get=READERS, address=organisation),
    Access("signatories:signatory-list", get=ALL),
    Access("signatories:signatory-export", get=ALL),
    Access("signatories:signature-detail", get=READERS, address=signature),
    Access("signatories:representative-list", get=KEEPERS),
    Access("signatories:representative-new", get=KEEPERS, post=KEEPERS),
    Access("signatories:representative-end", get=KEEPERS, post=KEEPERS, address=representation),
]
