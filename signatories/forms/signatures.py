"""What is typed about a signature and who stands under it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from mvi_portal.core.dates import DayField, PartialDate, PartialDateFormField
from mvi_portal.core.editing import EditingForm
from mvi_portal.core.uploads import DOCUMENTS, IMAGES
from mvi_portal.files.fields import UploadField, UploadForm
from signatories.forms.fields import OrganisationsField, reason
from signatories.models import Manifest, Office, OrganisationName, Signatory, Signature
from signatories.services import check_signed_on

SINCE_SIGNING = "Laat leeg als dat vanaf de ondertekening is. Anders bijvoorbeeld 31 januari 2025."


if TYPE_CHECKING:  # the class cannot be subscripted while running
    Choice = forms.ModelChoiceField[Office]
else:
    Choice = forms.ModelChoiceField


class OfficeField(Choice):
    """By title, with the organisation that it is an office of."""

    def __init__(self) -> None:
        super().__init__(
            Office.objects.none(),
            label="Ambt dat tekende",
            required=False,
            empty_label="– niet bekend –",
            help_text="Alleen als het bekend is.",
        )

    def fill(self) -> None:
        names = OrganisationName.objects.filter(organisation=OuterRef("organisation"))
        nearest = names.nearest(on=timezone.localdate())
        self.queryset: QuerySet[Any] = Office.objects.annotate(whose=Subquery(nearest.values("name")[:1]))

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.title} ({obj.whose})" if obj.whose else obj.title


class SignatureForm(EditingForm):
    signed_on = PartialDateFormField(
        label="Ondertekend op", help_text="Zo precies als bekend: 24 november 2022, mei 2024 of najaar 2024."
    )
    office = OfficeField()
    why = reason(required=False)

    class Meta:
        model = Signature
        fields = ("signed_on", "office", "number", "citation", "source")
        help_texts = {"citation": "Bijvoorbeeld Staatscourant 2024, 806.", "source": "Waar u dit vond."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        office: Any = self.fields["office"]
        office.fill()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        instance: Any = self.instance
        manifest: Manifest | None = cleaned.get("manifest") or (instance.manifest if instance.pk else None)
        signed_on: PartialDate | None = cleaned.get("signed_on")
        try:
            check_signed_on(manifest, signed_on)
        except ValidationError as error:
            self.add_error(None, error)
        return cleaned


class NewSignatureForm(SignatureForm):
    organisations = OrganisationsField(label="Organisaties waarvoor de handtekening geldt")
    why = None  # type: ignore[assignment] # Django's way to take a field out: a new row is its own reason

    class Meta(SignatureForm.Meta):
        fields = ("manifest", "signed_on", "office", "number", "citation", "source")  # type: ignore[assignment] # one more

    field_order = ("manifest", "organisations", "signed_on")


class DocumentForm(UploadForm, forms.Form):
    file = UploadField(kinds=(*DOCUMENTS, *IMAGES))
    source = forms.CharField(label="Bron", max_length=300, required=False, help_text="Waar u dit vond.")


class WithdrawForm(EditingForm):
    withdrawn_on = DayField(label="Ingetrokken op")
    why = reason()

    class Meta:
        model = Signature
        fields = ("withdrawn_on",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _may_be_taken_back(self, "withdrawn_on")


class JoinForm(forms.Form):
    organisations = OrganisationsField()
    valid_from = DayField(label="Vanaf", required=False, help_text=SINCE_SIGNING)
    source = forms.CharField(label="Bron", max_length=300, required=False, help_text="Waar u dit vond.")
    why = reason(required=False)


class LeaveForm(EditingForm):
    valid_until = DayField(label="Laatste dag onder de handtekening")
    why = reason()

    class Meta:
        model = Signatory
        fields = ("valid_until",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _may_be_taken_back(self, "valid_until")


def _may_be_taken_back(form: EditingForm, name: str) -> None:
    """An end that was recorded by mistake."""
    if form.stored[name]:
        form.fields[name].required = False
        form.fields[name].help_text += " Maak leeg om dit ongedaan te maken."
