"""The addresses of line A."""

from datetime import date

from django.urls import path, register_converter

from mvi_portal.imports.views import import_new
from signatories import views

app_name = "signatories"
SIGNATURE = "ondertekenaars/<slug:manifest>/<slug:slug>/"
MANIFEST = "manifesten/<slug:slug>/"
CONTACTS = "organisaties/<str:key>/contactpersonen/"
IMPORT = "organisaties/register-bijwerken/<int:pk>"
ALIASES = "organisaties/<str:key>/roepnamen/"


class DayConverter:
    """A day as in 2023-01-01; another word is no such address."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        return str(value)


register_converter(DayConverter, "day")
urlpatterns = [
    path("organisaties/", views.OrganisationList.as_view(), name="organisation-list"),
    path("organisaties/export.csv", views.OrganisationList.as_view(as_csv=True), name="organisation-export"),
    path("organisaties/register-bijwerken/", views.import_list, name="import-list"),
    path(f"{IMPORT}/", views.import_detail, name="import-detail"),
    path(f"{IMPORT}/export.csv", views.import_export, name="import-export"),
    path(f"{IMPORT}/verwerken/", views.import_accept, name="import-accept"),
    path(f"{IMPORT}/weggooien/", views.import_discard, name="import-discard"),
    path("organisaties/<str:key>/", views.organisation_detail, name="organisation-detail"),
    path("organisaties/<str:key>/bewerken/", views.organisation_edit, name="organisation-edit"),
    path("organisaties/<str:key>/nieuwe-naam/", views.organisation_rename, name="organisation-rename"),
    path("organisaties/<str:key>/einde/", views.organisation_end, name="organisation-end"),
    path(f"{ALIASES}nieuw/", views.alias_new, name="alias-new"),
    path(f"{ALIASES}<int:pk>/bewerken/", views.alias_edit, name="alias-edit"),
    path(f"{ALIASES}<int:pk>/verwijderen/", views.alias_remove, name="alias-remove"),
    path(f"{CONTACTS}nieuw/", views.contact_new, name="contact-new"),
    path(f"{CONTACTS}<int:pk>/bewerken/", views.contact_edit, name="contact-edit"),
    path(f"{CONTACTS}<int:pk>/nagekeken/", views.contact_check, name="contact-check"),
    path(f"{CONTACTS}<int:pk>/wissen/", views.contact_erase, name="contact-erase"),
    path("contactpersonen/", views.ContactList.as_view(), name="contact-list"),
    path("contactpersonen/export.csv", views.ContactList.as_view(as_csv=True), name="contact-export"),
    path("herindelingen/", views.succession_list, name="succession-list"),
    path("herindelingen/export.csv", views.succession_export, name="succession-export"),
    path("herindelingen/nieuw/", views.succession_new, name="succession-new"),
    path("herindelingen/<int:pk>/heropenen/", views.succession_reopen, name="succession-reopen"),
    path("herindelingen/<day:on>/<str:key>/", views.succession_detail, name="succession-detail"),
    path("beheer/vertegenwoordigers/", views.RepresentativeList.as_view(), name="representative-list"),
    path("beheer/vertegenwoordigers/nieuw/", views.representative_new, name="representative-new"),
    path("beheer/vertegenwoordigers/<int:pk>/einde/", views.representative_end, name="representative-end"),
    path("manifesten/", views.ManifestList.as_view(), name="manifest-list"),
    path("manifesten/export.csv", views.ManifestList.as_view(as_csv=True), name="manifest-export"),
    path("manifesten/nieuw/", views.manifest_new, name="manifest-new"),
    path(MANIFEST, views.manifest_detail, name="manifest-detail"),
    path(f"{MANIFEST}bewerken/", views.manifest_edit, name="manifest-edit"),
    path(f"{MANIFEST}opnieuw/", views.SignedAgainList.as_view(), name="manifest-again"),
    path(
        f"{MANIFEST}opnieuw/export.csv",
        views.SignedAgainList.as_view(as_csv=True),
        name="manifest-again-export",
    ),
    path(f"{MANIFEST}verlengen/", views.extension_new, name="extension-new"),
    path(f"{MANIFEST}verlengingen/<int:pk>/", views.extension_edit, name="extension-edit"),
    path(f"{MANIFEST}verlengingen/<int:pk>/verwijderen/", views.extension_remove, name="extension-remove"),
    path("mijn-account/vervanging/", views.stand_in_new, name="stand-in-new"),
    path("mijn-account/vervanging/<int:pk>/stop/", views.stand_in_end, name="stand-in-end"),
    path("ondertekenaars/", views.SignatoryList.as_view(), name="signatory-list"),
    path("ondertekenaars/export.csv", views.SignatoryList.as_view(as_csv=True), name="signatory-export"),
    path("ondertekenaars/importeren/", import_new, {"importer": "signatories"}, name="signatory-import"),
    path("ondertekenaars/nieuw/", views.signature_new, name="signature-new"),
    path(SIGNATURE, views.signature_detail, name="signature-detail"),
    path(f"{SIGNATURE}bewerken/", views.signature_edit, name="signature-edit"),
    path(f"{SIGNATURE}documenten/nieuw/", views.document_new, name="document-new"),
    path(f"{SIGNATURE}documenten/<int:pk>/", views.document_download, name="document-download"),
    path(f"{SIGNATURE}documenten/<int:pk>/verwijderen/", views.document_remove, name="document-remove"),
    path(f"{SIGNATURE}intrekken/", views.signature_withdraw, name="signature-withdraw"),
    path(f"{SIGNATURE}organisatie-toevoegen/", views.signature_join, name="signature-join"),
    path(f"{SIGNATURE}organisaties/<int:pk>/einde/", views.signatory_end, name="signatory-end"),
]
