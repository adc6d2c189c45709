"""Line A, broad anchoring: organisations, and who signed the Manifest for whom."""

from signatories.models.aliases import Alias
from signatories.models.documents import SignatureDocument
from signatories.models.imports import ImportState, RegisterFile, RegisterImport
from signatories.models.manifest import Domain, Manifest, ManifestExtension, Step, Theme
from signatories.models.offices import Office, OfficeHolder
from signatories.models.organisations import Kind, Organisation, OrganisationName, reach
from signatories.models.people import Contact, Representative
from signatories.models.signatures import Signatory, Signature
from signatories.models.successions import Event, Succession

__all__ = [
    "Alias",
    "Contact",
    "Domain",
    "Event",
    "ImportState",
    "Kind",
    "Manifest",
    "ManifestExtension",
    "Office",
    "OfficeHolder",
    "Organisation",
    "OrganisationName",
    "RegisterFile",
    "RegisterImport",
    "Representative",
    "Signatory",
    "Signature",
    "SignatureDocument",
    "Step",
    "Succession",
    "Theme",
    "reach",
]
