"""Frames are kept in the browser, made from each other, and stay as they are once a letter used them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from monitoring import services
from monitoring.locking import locked_because
from monitoring.models import Frame, LineMapping, PlanRole, PolicyLine, Role
from mvi_portal.history.reading import changes_of
from tests.factories.monitoring import FrameFactory, LineMappingFactory, PlanRoleFactory, PolicyLineFactory
from tests.factories.reports import LetterFactory
from tests.factories.signatories import ActorFactory, OrganisationFactory
from tests.signatories.keeping import opened, secretariat, send, text

pytestmark = pytest.mark.django_db
OLD = "/monitoring/kaders/oud/"


@pytest.fixture
def keeper() -> Client:
    return secretariat()


@pytest.fixture
def frame() -> Frame:
    return FrameFactory(
        slug="oud",
        name="Hoofdlijnen",
        plan_title="Nationaal plan 2021-2025",
        valid_from=date(2021, 1, 1),
        valid_until=None,
    )


def rows(prefix: str, *given: dict[str, Any], initial: int = 0) -> dict[str, str]:
    """What a browser sends for rows under a fact."""
    told = {f"{prefix}-TOTAL_FORMS": str(len(given)), f"{prefix}-INITIAL_FORMS": str(initial)}
    return told | {
        f"{prefix}-{n}-{name}": str(value) for n, row in enumerate(given) for name, value in row.items()
    }


def typed(**changed: str) -> dict[str, str]:
    return {
        "name": "Nieuw kader",
        "plan_title": "Nationaal plan 2026-2030",
        "aim": "Samen beter inkopen.",
        "valid_from": "1 januari 2026",
        "source": "Kamerbrief",
        **changed,
    }


def test_a_frame_is_recorded_with_its_lines_and_roles(keeper: Client) -> None:
    OrganisationFactory(key="mnre1130", called__name="Infrastructuur en Waterstaat")
    lines = rows(
        "policyline",
        {"code": "A", "title": "Eerst", "order": 1},
        {"code": "B", "title": "Dan", "order": 2},
    )
    answer = keeper.post("/monitoring/kaders/nieuw/", {**typed(), **lines})
    assert answer["Location"] == "/monitoring/lijnen/nieuw-kader/"
    roles = "/monitoring/kaders/nieuw-kader/rollen/"
    role = {"organisation": "mnre1130", "role": "coordinates", "valid_from": "1 januari 2026"}
    assert keeper.post(roles, {**opened(keeper, roles), **rows("planrole", role)}).status_code == 302
    page = text(keeper.get(answer["Location"], {"peildatum": "2026-02-01"}))
    for told in ("A. Eerst", "B. Dan", "Infrastructuur en Waterstaat", "Nationaal plan 2026-2030"):
        assert told in page
    assert [change.action for change in changes_of(Frame.objects.get())] == ["frame.recorded"]


def test_two_lines_with_one_code_are_refused_and_nothing_is_written(keeper: Client) -> None:
    lines = rows(
        "policyline",
        {"code": "A", "title": "Eerst", "order": 1},
        {"code": "A", "title": "Dan", "order": 2},
    )
    answer = keeper.post("/monitoring/kaders/nieuw/", {**typed(), **lines})
    assert answer.status_code == 400
    assert "Eerst" in text(answer)
    assert not Frame.objects.exists()


def test_a_role_ends_on_a_day_and_the_page_follows_the_reference_date(keeper: Client, frame: Frame) -> None:
    role = PlanRoleFactory(frame=frame, organisation__called__name="Voorbeelddienst", role=Role.PAYS)
    ended = {"id": role.pk, "organisation": role.organisation.key, "role": "pays"}
    ended |= {"valid_until": "31 december 2024"}
    sent = {**opened(keeper, f"{OLD}rollen/"), **rows("planrole", ended, initial=1)}
    assert keeper.post(f"{OLD}rollen/", {**sent, "verder": "ja"})["Location"] == f"{OLD}rollen/"
    assert PlanRole.objects.get().valid_until == date(2024, 12, 31)
    before, after = (
        text(keeper.get("/monitoring/lijnen/oud/", {"peildatum": day}))
        for day in ("2024-12-31", "2025-01-01")
    )
    assert ("Voorbeelddienst" in before, "Voorbeelddienst" in after) == (True, False)


def test_who_changes_a_role_second_is_shown_both(keeper: Client, frame: Frame) -> None:
    role = PlanRoleFactory(frame=frame, role=Role.PAYS)
    row = {"id": role.pk, "organisation": role.organisation.key, "role": "advises"}
    sent = {**opened(keeper, f"{OLD}rollen/"), **rows("planrole", row, initial=1)}
    unchanged = {**sent, **rows("planrole", {**row, "role": "pays"}, initial=1)}
    assert "Er is niets gewijzigd." in text(keeper.post(f"{OLD}rollen/", unchanged, follow=True))
    PlanRole.objects.update(source="intussen")
    answer = keeper.post(f"{OLD}rollen/", sent)
    assert answer.status_code == 400
    assert "Iemand anders heeft dit intussen gewijzigd." in text(answer)
    assert PlanRole.objects.get().role == Role.PAYS


def test_a_new_frame_is_made_from_an_old_one(keeper: Client, frame: Frame) -> None:
    line = PolicyLineFactory(frame=frame, code="A", title="Brede borging", order=1)
    PlanRoleFactory(frame=frame, role=Role.PAYS)
    PlanRoleFactory(frame=frame, role=Role.ADVISES, valid_until=date(2025, 12, 31))
    answer = send(
        keeper,
        f"{OLD}nieuw-hieruit/",
        name="Plan vanaf 2026",
        valid_from="1 januari 2026",
        ends="on",
        roles="on",
    )
    made = Frame.objects.get(slug="plan-vanaf-2026")
    assert answer["Location"] == "/monitoring/kaders/plan-vanaf-2026/wijzigen/"
    assert [(item.code, item.title) for item in made.lines.all()] == [("A", "Brede borging")]
    assert LineMapping.objects.get().from_line == line
    assert [item.role for item in made.roles.all()] == [Role.PAYS]
    frame.refresh_from_db()
    assert frame.valid_until == date(2025, 12, 31)


def test_a_frame_cannot_begin_before_the_one_it_is_made_from_when_that_ends(
    keeper: Client, frame: Frame
) -> None:
    answer = send(keeper, f"{OLD}nieuw-hieruit/", name="Te vroeg", valid_from="1 januari 2020", ends="on")
    assert answer.status_code == 400
    assert "Het oude kader begint dan pas later." in text(answer)
    assert Frame.objects.count() == 1


def test_lines_are_mapped_and_unmapped(keeper: Client, frame: Frame) -> None:
    first, second = (PolicyLineFactory(frame=frame, code=code, order=n) for n, code in enumerate("12"))
    line = PolicyLineFactory(frame__slug="nieuw-kader", code="A")
    address = "/monitoring/kaders/nieuw-kader/koppelingen/"
    field = f"line-{line.pk}"
    edition = opened(keeper, address)["edition"]
    assert keeper.post(address, {"edition": edition, field: [first.pk, second.pk]}).status_code == 302
    assert LineMapping.objects.count() == 2
    late = keeper.post(address, {"edition": edition, field: [first.pk]})
    assert late.status_code == 400
    assert "Iemand anders heeft deze koppelingen intussen gewijzigd." in text(late)
    edition = opened(keeper, address)["edition"]
    keeper.post(address, {"edition": edition, field: [second.pk], "why": "verkeerd"})
    assert LineMapping.objects.get().from_line == second


def test_a_frame_that_a_sent_letter_uses_keeps_its_lines_and_says_why(keeper: Client, frame: Frame) -> None:
    PolicyLineFactory(frame=frame, code="A", title="Eerst", order=1)
    assert locked_because(frame) == ""
    LetterFactory(frame=frame, title="Voortgang 2025", state="sent", sent_on=date(2025, 2, 1))
    why = "Vastgezet op 1 februari 2025: De brief ‘Voortgang 2025’ is verzonden."
    frame.refresh_from_db()
    assert why in locked_because(frame)
    assert why in text(keeper.get("/monitoring/lijnen/oud/"))
    assert "staat vast" in text(keeper.get("/monitoring/kaders/"))
    page = text(keeper.get(f"{OLD}wijzigen/"))
    assert why in page
    assert "policyline" not in page
    sent = {**opened(keeper, f"{OLD}wijzigen/"), "name": "Andere naam", "valid_until": "31 december 2025"}
    sent |= rows("policyline", {"code": "B", "title": "Erbij", "order": 2})
    assert keeper.post(f"{OLD}wijzigen/", sent).status_code == 302
    assert [line.code for line in frame.lines.all()] == ["A"]
    frame.refresh_from_db()
    assert (frame.name, frame.valid_until) == ("Hoofdlijnen", date(2025, 12, 31))
    for address in ("koppelingen/", "verwijderen/"):
        assert why in text(keeper.get(f"{OLD}{address}", follow=True))
        assert f"{OLD}{address}" not in page + text(keeper.get("/monitoring/lijnen/oud/"))


def test_what_a_sent_letter_uses_no_service_changes_or_removes(frame: Frame) -> None:
    """Also when another letter tells that it was sent, and the database does not know."""
    by, line = ActorFactory(), PolicyLineFactory(frame=frame)
    LetterFactory(previous=LetterFactory(frame=frame))
    with pytest.raises(ValidationError, match="Daarom blijft het kader zoals het is"):
        services.keep_fact(fact=frame, kept=[PolicyLine(frame=frame, code="B", order=2)], by=by)
    with pytest.raises(ValidationError, match="koppelingen"):
        services.map_lines(frame=frame, before={line: []}, by=by)
    with pytest.raises(ValidationError, match="niet weg"):
        services.remove_fact(fact=frame, by=by, why="per ongeluk")
    services.keep_fact(
        fact=frame, kept=[PlanRoleFactory.build(frame=frame, organisation=OrganisationFactory())], by=by
    )
    frame.aim = "Een ander doel"
    with pytest.raises(ValidationError, match="Daarom blijft het kader zoals het is"):
        services.keep_fact(fact=frame, by=by)


def test_a_letter_that_another_follows_was_sent_too(frame: Frame) -> None:
    LetterFactory(previous=LetterFactory(frame=frame))
    assert "is hiermee verzonden." in locked_because(frame)


def test_the_database_locks_the_frame_of_a_sent_letter_and_refuses_its_lines(frame: Frame) -> None:
    line = PolicyLineFactory(frame=frame)
    mapping = LineMappingFactory(to_line=line)
    letter = LetterFactory(frame=frame, title="Voortgang 2025")
    PolicyLine.objects.filter(pk=line.pk).update(title="Nog te wijzigen")
    type(letter).objects.update(state="sent", sent_on=date(2025, 2, 1))
    frame.refresh_from_db()
    told = "Vastgezet op 1 februari 2025: De brief ‘Voortgang 2025’ is verzonden."
    assert locked_because(frame) == told
    line_of_it = PolicyLine.objects.filter(pk=line.pk)
    itself, mapped = Frame.objects.filter(pk=frame.pk), LineMapping.objects.filter(pk=mapping.pk)
    other = PolicyLineFactory()
    LineMappingFactory(from_line=line, to_line=other)  # a next frame may go on from it
    itself.update(valid_until=date(2025, 12, 31))
    for refused in (
        lambda: line_of_it.update(title="Anders"),
        lambda: line_of_it.update(frame=other.frame),
        lambda: PolicyLineFactory(frame=frame),
        lambda: itself.update(name="Anders"),
        lambda: itself.update(locked_on=None, locked_because=""),
        lambda: mapped.update(to_line=other),
        lambda: mapped._raw_delete(mapped.db),
        lambda: line_of_it._raw_delete(line_of_it.db),
        lambda: itself._raw_delete(itself.db),
    ):
        with pytest.raises(IntegrityError, match="Dit kader staat vast"), transaction.atomic():
            refused()


def test_a_frame_with_lines_is_not_removed(keeper: Client, frame: Frame) -> None:
    PolicyLineFactory(frame=frame)
    answer = keeper.post(f"{OLD}verwijderen/", {"why": "per ongeluk"})
    assert answer.status_code == 400
    assert Frame.objects.exists()


@pytest.mark.parametrize("many", [1, 20])
def test_the_list_takes_as_many_queries_for_many(client: Client, many: int) -> None:
    client.force_login(ActorFactory())
    FrameFactory.create_batch(many)
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/monitoring/kaders/").status_code == 200
    assert len(queries) == 4
