"""Line A."""

from tests.access.rows import ALL, READERS, Access
from tests.factories.signatories import OrganisationFactory, SignatoryFactory


def organisation() -> str:
    return f"/organisaties/{OrganisationFactory().key}/"


def signature() -> str:
    signed = SignatoryFactory().signature
    return f"/ondertekenaars/{signed.manifest.slug}/{signed.slug}/"


ROWS = [
    Access("signatories:organisation-list", get=ALL),
    Access("signatories:organisation-export", get=ALL),
    Access("signatories:organisation-detail", get=READERS, address=organisation),
    Access("signatories:signatory-list", get=ALL),
    Access("signatories:signatory-export", get=ALL),
    Access("signatories:signature-detail", get=READERS, address=signature),
]
