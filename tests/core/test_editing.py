"""Two people with the same form open."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from mvi_portal.core.editing import CHANGED, Conflict, EditingForm
from signatories.models import Contact
from tests.factories.signatories import ContactFactory

pytestmark = pytest.mark.django_db


class ContactForm(EditingForm):
    class Meta:
        model = Contact
        fields = ["name", "purpose"]


@pytest.fixture
def contact() -> Contact:
    made: Contact = ContactFactory(name="A. de Vries", purpose="actieplan")
    return made


def sent(opened: ContactForm, **typed: str) -> QueryDict:
    """What the browser sends of a form that was opened, after some typing."""
    data = QueryDict(mutable=True)
    for name in opened.fields:
        data[name] = str(opened[name].value() or "")
    for name, value in typed.items():
        data[name] = value
    return QueryDict(data.urlencode())


def test_who_edits_alone_just_saves(contact: Contact) -> None:
    form = ContactForm(sent(ContactForm(instance=contact), purpose="evaluatie"), instance=contact)
    assert form.is_valid(), form.errors
    form.save()
    contact.refresh_from_db()
    assert contact.purpose == "evaluatie"


def test_the_second_writer_is_shown_both_texts_and_nothing_is_lost(contact: Contact) -> None:
    mine = sent(ContactForm(instance=contact), purpose="mijn doel")
    Contact.objects.update(purpose="hun doel", name="B. Jansen")
    contact.refresh_from_db()
    form = ContactForm(mine, instance=contact)
    assert not form.is_valid()
    assert form.non_field_errors() == [CHANGED]
    assert form.conflicts == [
        Conflict("Naam", "B. Jansen", "A. de Vries"),
        Conflict("Doel", "hun doel", "mijn doel"),
    ]
    assert form["purpose"].value() == "mijn doel"
    html = render_to_string("_components/conflict.html", {"form": form})
    assert "hun doel" in html
    assert "mijn doel" in html


def test_saving_again_is_a_choice_for_ones_own_text(contact: Contact) -> None:
    mine = sent(ContactForm(instance=contact), purpose="mijn doel")
    Contact.objects.update(purpose="hun doel")
    contact.refresh_from_db()
    refused = ContactForm(mine, instance=contact)
    assert not refused.is_valid()
    contact.refresh_from_db()
    again = ContactForm(sent(refused), instance=contact)
    assert again.is_valid(), again.errors
    again.save()
    contact.refresh_from_db()
    assert contact.purpose == "mijn doel"


def test_a_third_writer_in_between_is_noticed_too(contact: Contact) -> None:
    mine = sent(ContactForm(instance=contact), purpose="mijn doel")
    Contact.objects.update(purpose="hun doel")
    contact.refresh_from_db()
    refused = ContactForm(mine, instance=contact)
    refused.is_valid()
    Contact.objects.update(purpose="een derde doel")
    contact.refresh_from_db()
    assert not ContactForm(sent(refused), instance=contact).is_valid()


def test_the_same_change_by_both_is_no_conflict(contact: Contact) -> None:
    mine = sent(ContactForm(instance=contact), purpose="evaluatie")
    Contact.objects.update(purpose="evaluatie")
    contact.refresh_from_db()
    assert ContactForm(mine, instance=contact).is_valid()


def test_a_form_without_its_edition_is_asked_to_compare(contact: Contact) -> None:
    form = ContactForm(QueryDict("name=A.+de+Vries&purpose=anders"), instance=contact)
    assert not form.is_valid()
    assert [conflict.label for conflict in form.conflicts] == ["Doel"]


def test_a_new_row_has_nobody_to_conflict_with() -> None:
    form = ContactForm(QueryDict("name=A&purpose=iets"))
    form.is_valid()
    assert not form.conflicts
