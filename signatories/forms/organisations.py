"""What is typed about an organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet
from django.utils import timezone

from mvi_portal.core.dates import DayField
from mvi_portal.core.editing import EditingForm
from signatories.forms.fields import DigitsField, is_rsin, reason
from signatories.models import Alias, Kind, Organisation

if TYPE_CHECKING:  # the class cannot be subscripted while running
    Choice = forms.ModelChoiceField[Organisation]
else:
    Choice = forms.ModelChoiceField

OIN_OF_RSIN = "00000001"  # the register that an OIN is made of; nine digits of the RSIN follow


class ProvinceField(Choice):
    def __init__(self) -> None:
        super().__init__(
            Organisation.objects.none(), label="Provincie", required=False, empty_label="– geen –"
        )

    def fill(self) -> None:
        today = timezone.localdate()
        provinces = Organisation.objects.of_kind(Kind.PROVINCE).existing(on=today).with_name(on=today)
        self.queryset: QuerySet[Any] = provinces.order_by(F("sort_name_on_day"))

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name_on_day or obj.key)


class OrganisationForm(EditingForm):
    kvk = DigitsField(label="KvK-nummer", length=8, help_text="8 cijfers, uit het Handelsregister.")
    rsin = DigitsField(label="RSIN", length=9, help_text="9 cijfers, uit het Handelsregister.")
    oin = DigitsField(label="OIN", length=20, help_text="20 cijfers, uit het OIN-register van Logius.")
    province = ProvinceField()
    why = reason(required=False)

    class Meta:
        model = Organisation
        fields = ("kvk", "rsin", "oin", "province", "source")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisation: Any = self.instance
        if organisation.kind == Kind.MUNICIPALITY:
            province: Any = self.fields["province"]
            province.fill()
        else:
            del self.fields["province"]

    def clean_rsin(self) -> str:
        number = str(self.cleaned_data["rsin"])
        if number and not is_rsin(number):
            raise ValidationError("Dit is geen geldig RSIN: er is een cijfer verkeerd. Kijk het nog eens na.")
        return number

    def clean_oin(self) -> str:
        number, rsin = str(self.cleaned_data["oin"]), self.cleaned_data.get("rsin")
        if number.startswith(OIN_OF_RSIN):
            inside = number[len(OIN_OF_RSIN) :][:9]
            if not is_rsin(inside):
                raise ValidationError("In dit OIN staat geen geldig RSIN. Kijk de cijfers nog eens na.")
            if rsin and inside != rsin:
                raise ValidationError("In dit OIN staat een ander RSIN dan hierboven.")
        return number


class RenameForm(forms.Form):
    name = forms.CharField(
        label="Nieuwe naam",
        max_length=200,
        help_text="Zonder het woord gemeente of provincie, bijvoorbeeld Voorne aan Zee.",
    )
    abbreviation = forms.CharField(label="Afkorting", max_length=40, required=False)
    on = DayField(label="Eerste dag van de nieuwe naam")
    source = forms.CharField(label="Bron", max_length=300, required=False, help_text="Waar u dit vond.")
    why = reason(required=False)


class EndOrganisationForm(EditingForm):
    valid_until = DayField(label="Bestaat tot en met")
    why = reason()

    class Meta:
        model = Organisation
        fields = ("valid_until",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.stored["valid_until"]:
            self.fields["valid_until"].required = False
            self.fields["valid_until"].help_text += " Maak leeg om dit ongedaan te maken."


class AliasForm(EditingForm):
    valid_from = DayField(label="In gebruik vanaf", required=False)
    valid_until = DayField(label="In gebruik tot en met", required=False)

    class Meta:
        model = Alias
        fields = ("name", "valid_from", "valid_until", "source")
        help_texts = {
            "name": "Bijvoorbeeld Den Bosch.",
            "source": "Waar u dit vond.",
        }
