"""Line A."""

from collections.abc import Callable
from datetime import date

from mvi_portal.accounts.models import Role
from tests.access.rows import ALL, READERS, Access
from tests.factories.signatories import (
    ActorFactory,
    AliasFactory,
    ContactFactory,
    ManifestExtensionFactory,
    ManifestFactory,
    OrganisationFactory,
    RegisterImportFactory,
    RepresentativeFactory,
    SignatoryFactory,
    SignatureDocumentFactory,
    SuccessionFactory,
)

KEEPERS = {Role.ADMINISTRATOR}
SECRETARIAT = {Role.SECRETARIAT}


def organisation() -> str:
    return f"/organisaties/{OrganisationFactory().key}/"


def signature() -> str:
    signed = SignatoryFactory().signature
    return f"/ondertekenaars/{signed.manifest.slug}/{signed.slug}/"


def representation() -> str:
    return f"/beheer/vertegenwoordigers/{RepresentativeFactory().pk}/einde/"


def of_organisation(verb: str) -> Callable[[], str]:
    return lambda: f"{organisation()}{verb}/"


def of_signature(verb: str) -> Callable[[], str]:
    return lambda: f"{signature()}{verb}/"


def of_contact(verb: str) -> Callable[[], str]:
    def address() -> str:
        contact = ContactFactory()
        return f"/organisaties/{contact.organisation.key}/contactpersonen/{contact.pk}/{verb}/"

    return address


def of_alias(verb: str) -> Callable[[], str]:
    def address() -> str:
        alias = AliasFactory()
        return f"/organisaties/{alias.organisation.key}/roepnamen/{alias.pk}/{verb}/"

    return address


def signatory() -> str:
    row = SignatoryFactory()
    return f"/ondertekenaars/{row.signature.manifest.slug}/{row.signature.slug}/organisaties/{row.pk}/einde/"


def succession() -> str:
    """One that waits for a decision."""
    row = SuccessionFactory(predecessor__valid_until=date(2023, 12, 31), on=date(2024, 1, 1))
    SignatoryFactory(organisation=row.predecessor)
    return f"/herindelingen/2024-01-01/{row.predecessor.key}/"


def importing(rest: str = "") -> Callable[[], str]:
    """One that waits, of files that change nothing any more."""
    return lambda: f"/organisaties/register-bijwerken/{RegisterImportFactory().pk}/{rest}"


def manifest(rest: str = "") -> Callable[[], str]:
    return lambda: f"/manifesten/{ManifestFactory(predecessor=ManifestFactory()).slug}/{rest}"


def extension(rest: str = "") -> Callable[[], str]:
    def address() -> str:
        row = ManifestExtensionFactory()
        return f"/manifesten/{row.manifest.slug}/verlengingen/{row.pk}/{rest}"

    return address


def document(rest: str = "") -> Callable[[], str]:
    def address() -> str:
        row = SignatureDocumentFactory()
        of = row.signature
        return f"/ondertekenaars/{of.manifest.slug}/{of.slug}/documenten/{row.pk}/{rest}"

    return address


def stand_in() -> str:
    """Of somebody whom nobody here is."""
    row = RepresentativeFactory(valid_until=date(2099, 1, 1), stands_in_for=ActorFactory())
    return f"/mijn-account/vervanging/{row.pk}/stop/"


def kept(name: str, address: Callable[[], str] | None = None) -> Access:
    """For the secretariat, to look and to write."""
    return Access(f"signatories:{name}", get=SECRETARIAT, post=SECRETARIAT, address=address)


ROWS = [
    Access("signatories:stand-in-new", get=ALL, post=ALL),
    Access("signatories:stand-in-end", get=frozenset(), post=frozenset(), address=stand_in),
    Access("signatories:organisation-list", get=ALL),
    Access("signatories:organisation-export", get=ALL),
    Access("signatories:organisation-detail", get=READERS, address=organisation),
    Access("signatories:contact-list", get=SECRETARIAT),
    Access("signatories:contact-export", get=SECRETARIAT),
    Access("signatories:signatory-list", get=ALL),
    Access("signatories:signatory-export", get=ALL),
    Access("signatories:signature-detail", get=READERS, address=signature),
    Access("signatories:representative-list", get=KEEPERS),
    Access("signatories:representative-new", get=KEEPERS, post=KEEPERS),
    Access("signatories:representative-end", get=KEEPERS, post=KEEPERS, address=representation),
    kept("signatory-import"),
    kept("signature-new"),
    kept("signature-edit", of_signature("bewerken")),
    kept("signature-withdraw", of_signature("intrekken")),
    kept("signature-join", of_signature("organisatie-toevoegen")),
    kept("signatory-end", signatory),
    kept("organisation-edit", of_organisation("bewerken")),
    kept("organisation-rename", of_organisation("nieuwe-naam")),
    kept("organisation-end", of_organisation("einde")),
    Access("signatories:succession-list", get=SECRETARIAT),
    Access("signatories:succession-export", get=SECRETARIAT),
    kept("succession-new"),
    kept("succession-detail", succession),
    Access(
        "signatories:succession-reopen",
        get=None,
        post=SECRETARIAT,
        address=lambda: f"/herindelingen/{SuccessionFactory().pk}/heropenen/",
    ),
    kept("import-list"),
    Access("signatories:import-detail", get=SECRETARIAT, address=importing()),
    Access("signatories:import-export", get=SECRETARIAT, address=importing("export.csv")),
    Access("signatories:import-accept", get=None, post=SECRETARIAT, address=importing("verwerken/")),
    Access("signatories:import-discard", get=None, post=SECRETARIAT, address=importing("weggooien/")),
    Access("signatories:manifest-list", get=ALL),
    Access("signatories:manifest-export", get=ALL),
    kept("manifest-new"),
    Access("signatories:manifest-detail", get=ALL, address=manifest()),
    kept("manifest-edit", manifest("bewerken/")),
    Access("signatories:manifest-again", get=ALL, address=manifest("opnieuw/")),
    Access("signatories:manifest-again-export", get=ALL, address=manifest("opnieuw/export.csv")),
    kept("extension-new", manifest("verlengen/")),
    kept("extension-edit", extension()),
    kept("extension-remove", extension("verwijderen/")),
    kept("document-new", of_signature("documenten/nieuw")),
    Access("signatories:document-download", get=READERS, address=document()),
    kept("document-remove", document("verwijderen/")),
    kept("alias-new", of_organisation("roepnamen/nieuw")),
    kept("alias-edit", of_alias("bewerken")),
    kept("alias-remove", of_alias("verwijderen")),
    kept("contact-new", of_organisation("contactpersonen/nieuw")),
    kept("contact-edit", of_contact("bewerken")),
    kept("contact-erase", of_contact("wissen")),
    Access("signatories:contact-check", get=None, post=SECRETARIAT, address=of_contact("nagekeken")),
]
