"""What is typed about a letter itself: its dates and parties, its parts, and what goes with it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from monitoring.forms.facts import FactForm, Part, RowForm
from monitoring.models import Frame
from mvi_portal.core.dates import DayField, long_date
from mvi_portal.core.editing import EditingForm
from reports.composing.standard import UNFINISHED, begun, standard
from reports.models import Addressee, Annex, CoSender, Letter, Section
from signatories.forms.fields import reason
from signatories.models import Kind, Office

if TYPE_CHECKING:  # the classes cannot be subscripted while running
    OneOffice = forms.ModelChoiceField[Office]
    ManyOffices = forms.ModelMultipleChoiceField[Office]
    Mixin = forms.ModelForm[Letter]
else:
    OneOffice, ManyOffices, Mixin = forms.ModelChoiceField, forms.ModelMultipleChoiceField, object

LAST = 1000
STANDARD = ("salutation", "closing", "reference")
FROM_KEPT = "Leeg: zoals het voor de briefdatum is vastgelegd bij ‘Afzenders en geadresseerden’."
SINCE = "Alleen als er geen vorige brief is: vanaf deze dag tellen de verschillen."
SENDING = (
    "De planning telt hiervandaan terug, om weekenden, feestdagen en recessen heen. Leeg: de briefdatum."
)
SUBJECT = "Dit staat achter ‘Betreft’, bijvoorbeeld: Voortgang Nationaal plan MVI 2021-2025."


def offices() -> Any:
    """Those that can send a letter: of ministries."""
    found = Office.objects.filter(organisation__kind=Kind.MINISTRY)
    return found.select_related("organisation").order_by("title", "valid_from")


def _called(office: Office) -> str:
    ended = f" (tot en met {long_date(office.valid_until)})" if office.valid_until else ""
    return f"{office.title}{ended}"


class OfficeField(OneOffice):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(offices(), **{"empty_label": "– kies –", **kwargs})

    def label_from_instance(self, obj: Office) -> str:
        return _called(obj)


class OfficesField(ManyOffices):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(offices(), widget=forms.CheckboxSelectMultiple, required=False, **kwargs)

    def label_from_instance(self, obj: Office) -> str:
        return _called(obj)


class Dated(Mixin):
    """What must fit together in a letter, beside what its constraints say."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        dated, reference = cleaned.get("dated"), cleaned.get("reference_date")
        if dated and reference and reference > dated:
            self.add_error("reference_date", "De peildatum ligt na de briefdatum. Kies een eerdere dag.")
        previous = cleaned.get("previous")
        if previous and reference and previous.reference_date >= reference:
            day = long_date(previous.reference_date)
            told = f"De vorige brief heeft peildatum {day}. Kies voor deze brief een latere peildatum."
            self.add_error("reference_date", told)
        for name in ("sender", "co_senders"):
            self._check_offices(name, cleaned, dated)
        return cleaned

    def _check_offices(self, name: str, cleaned: dict[str, Any], dated: date | None) -> None:
        """An office signs only while it exists."""
        given = cleaned.get(name)
        found = [given] if isinstance(given, Office) else list(given or ())
        for office in found:
            if dated and not _holds(office, dated):
                told = f"‘{office.title}’ bestaat niet op {long_date(dated)}, de briefdatum."
                self.add_error(name, told)
        sender = cleaned.get("sender")
        if name == "co_senders" and sender in found:
            self.add_error(name, f"‘{sender.title}’ is al de afzender.")


def _holds(office: Office, day: date) -> bool:
    begun = office.valid_from is None or office.valid_from <= day
    return begun and (office.valid_until is None or day <= office.valid_until)


class NewLetterForm(Dated, EditingForm):
    """A letter from a frame and the previous letter; its parts come from the lines of the frame."""

    dated = DayField(label="Briefdatum", help_text="De dag die boven de brief komt, dus de gewenste datum.")
    sending_on = DayField(label="Gewenste verzenddatum", required=False, help_text=SENDING)
    reference_date = DayField(label="Peildatum", help_text="Op deze dag gelden de cijfers en de namen.")
    since = DayField(label="Verschillen vanaf", required=False, help_text=SINCE)
    sender = OfficeField(label="Afzender")
    co_senders = OfficesField(label="Mede namens")
    opening = forms.BooleanField(label="Begin met een opening", required=False, initial=True)
    ending = forms.BooleanField(label="Eindig met een slot", required=False, initial=True)
    annexes = forms.BooleanField(
        label="Neem de bijlagen van de vorige brief over",
        required=False,
        initial=True,
        help_text="Zonder vorige brief: de cijfers, en de lijsten van ondertekenaars, actieplannen en buyer "
        "groups als losse documenten.",
    )

    class Meta:
        model = Letter
        fields = (
            *("title", "frame", "previous", "since", "dated", "reference_date", "sender"),
            *("addressee", "salutation", "closing", "reference", "your_reference"),
        )
        help_texts = {
            "title": SUBJECT,
            "frame": "Elke lijn van het kader wordt een deel van de brief.",
            "previous": "Verschillen tellen vanaf de peildatum van die brief.",
        }

    field_order = (
        *("title", "frame", "previous", "since", "dated", "sending_on", "reference_date", "sender"),
        *("co_senders", "addressee", "salutation", "closing", "reference", "your_reference"),
        *("opening", "ending", "annexes"),
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        frame: Any = self.fields["frame"]
        frame.queryset, frame.empty_label = Frame.objects.order_by("-valid_from", "slug"), "– kies –"
        addressee: Any = self.fields["addressee"]
        addressee.queryset, addressee.empty_label = Addressee.objects.order_by("slug"), "– kies –"
        previous: Any = self.fields["previous"]
        previous.empty_label = "– geen –"
        previous.label_from_instance = lambda item: f"{item.title} ({long_date(item.dated)})"
        if data is None:
            self.initial.update(_from_last())
        self._tell_standard()

    def _tell_standard(self) -> None:
        """What an empty field becomes; shown for the sender and addressee that are chosen at first."""
        sender = Office.objects.filter(pk=_key(self.initial.get("sender"))).first()
        addressee = Addressee.objects.filter(pk=_key(self.initial.get("addressee"))).first()
        known = standard(sender, addressee, timezone.localdate())
        for name in STANDARD:
            field = self.fields[name]
            self.initial[name] = ""  # not what a letter has by itself: that would hide what is kept
            field.required, field.help_text = False, FROM_KEPT
            field.widget.attrs["placeholder"] = getattr(known, name)

    def clean(self) -> dict[str, Any]:
        """Empty words are those that are kept for the letter's own date."""
        cleaned = super().clean()
        dated = cleaned.get("dated")
        if dated:
            known = standard(cleaned.get("sender"), cleaned.get("addressee"), dated)
            for name in STANDARD:
                cleaned[name] = cleaned.get(name) or getattr(known, name)
        return cleaned


def _key(chosen: Any) -> Any:
    return getattr(chosen, "pk", chosen)


def _from_last() -> dict[str, Any]:
    """What a next letter most likely has in common with the last."""
    last = Letter.objects.order_by("-reference_date", "slug").first()
    frame = Frame.objects.at(on=timezone.localdate()).first() or Frame.objects.last()
    if last is None:
        return {"frame": frame, "addressee": Addressee.objects.first()}
    today = timezone.localdate()
    co_senders = Office.objects.filter(co_sender_rows__letter=last).order_by("co_sender_rows__order")
    return {
        "frame": frame or last.frame_id,
        "previous": last.pk,
        "sender": last.sender_id if _holds(last.sender, today) else None,
        "co_senders": [office.pk for office in co_senders if _holds(office, today)],
        "addressee": last.addressee_id,
    }


class CoSenderForm(RowForm):
    office = OfficeField(label="Ambt")

    class Meta:
        model = CoSender
        fields = ("order", "office")
        labels = {"order": "Plaats"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["order"].required = False
        self.fields["order"].help_text = "Leeg: achteraan."

    def clean_order(self) -> int:
        place: int | None = self.cleaned_data["order"]
        return LAST if place is None else place

    def _get_validation_exclusions(self) -> set[str]:
        """The places are given anew when it is saved, in this order."""
        return {*super()._get_validation_exclusions(), "order"}  # type: ignore[misc] # Django's own


class AnnexForm(RowForm):
    class Meta:
        model = Annex
        fields = ("number", "title", "kind", "place")

    def _get_validation_exclusions(self) -> set[str]:
        """The numbers are given anew when it is saved, in this order."""
        return {*super()._get_validation_exclusions(), "number"}  # type: ignore[misc] # Django's own


class LetterForm(Dated, FactForm):
    """The data of a letter under way, with its co-senders and annexes."""

    dated = DayField(label="Briefdatum")
    reference_date = DayField(label="Peildatum", help_text="Op deze dag gelden de cijfers en de namen.")
    since = DayField(label="Verschillen vanaf", required=False, help_text=SINCE)
    sender = OfficeField(label="Afzender")
    parts = (
        Part(
            CoSenderForm,
            "Medeafzender",
            "Mede namens",
            "In de volgorde waarin zij in de brief staan. Plaats 1 staat vooraan; wij nummeren opnieuw.",
        ),
        Part(AnnexForm, "Bijlage", "Bijlagen", "Wij nummeren opnieuw, vanaf 1, in deze volgorde."),
    )

    class Meta:
        model = Letter
        fields = (
            *("title", "previous", "since", "dated", "reference_date", "sender", "addressee"),
            *("salutation", "closing", "reference", "your_reference", "marking"),
        )
        help_texts = {"title": SUBJECT, "previous": "Verschillen tellen vanaf de peildatum van die brief."}

    def __init__(self, data: Any = None, *, instance: Any, **kwargs: Any) -> None:
        super().__init__(data, instance=instance, **kwargs)
        previous: Any = self.fields["previous"]
        previous.queryset, previous.empty_label = Letter.objects.exclude(pk=instance.pk), "– geen –"
        previous.label_from_instance = lambda item: f"{item.title} ({long_date(item.dated)})"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("previous") and _follows(self.instance, cleaned["previous"]):
            raise ValidationError({"previous": "Die brief volgt zelf op deze: kies een eerdere."})
        return cleaned


def _follows(letter: Letter, previous: Letter | None) -> bool:
    """Whether the letter is, in the end, what its own previous letter follows on."""
    seen: set[int] = set()
    while previous is not None and previous.pk not in seen:
        if previous.pk == letter.pk:
            return True
        seen.add(previous.pk)
        previous = previous.previous
    return False


class PartForm(EditingForm):
    """The head of a part; where a line of the plan stands, its code and title come from there at first."""

    class Meta:
        model = Section
        fields = ("code", "title")
        help_texts = {
            "code": "Gedrukt voor de titel: A, B, 1. Leeg voor een opening of slot.",
            "title": "Leeg: zonder kop, zoals een opening.",
        }


class NewPartForm(PartForm):
    """A part more: of a line that has none yet, or with a title of its own."""

    class Meta(PartForm.Meta):
        fields = ("line", "code", "title")  # type: ignore[assignment] # one more

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        section: Any = self.instance
        letter = section.letter
        used = letter.sections.filter(line__isnull=False).values("line")
        line: Any = self.fields["line"]
        line.queryset = letter.frame.lines.exclude(pk__in=used).order_by("order")
        line.empty_label = "– geen –"
        line.help_text = "Kiest u een lijn en laat u code en titel leeg, dan komen die van de lijn erboven."


class ReferenceForm(EditingForm):
    """The reference alone, with its number."""

    class Meta:
        model = Letter
        fields = ("reference",)
        help_texts = {"reference": "Leeg: de brief krijgt geen kenmerk."}

    def clean_reference(self) -> str:
        given: str = self.cleaned_data["reference"]
        letter: Any = self.instance
        if begun(letter, given):
            raise ValidationError(UNFINISHED.format(given))
        return given


class RemoveForm(forms.Form):
    why = reason()
