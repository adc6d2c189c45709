"""Frames, lines, how they map, and the roles in the plan."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from monitoring.models import Frame, LineMapping, PlanRole, PolicyLine, Role
from tests.actionplans.refusals import refused
from tests.factories.monitoring import (
    FrameFactory,
    LineMappingFactory,
    PlanRoleFactory,
    PolicyLineFactory,
)

pytestmark = pytest.mark.django_db


def test_frames_at_a_day_the_newest_first() -> None:
    old = FrameFactory(slug="oud", valid_until=date(2025, 12, 31))
    new = FrameFactory(slug="nieuw", valid_from=date(2025, 7, 1))
    assert list(Frame.objects.at(on=date(2025, 6, 30))) == [old]
    assert list(Frame.objects.at(on=date(2025, 7, 1))) == [new, old]
    assert list(Frame.objects.at(on=date(2026, 1, 1))) == [new]


def test_a_frame_ends_after_it_begins() -> None:
    with refused("frame_valid_until_after_valid_from"):
        FrameFactory(valid_from=date(2025, 1, 2), valid_until=date(2025, 1, 1))


def test_a_frame_is_locked_with_a_reason() -> None:
    with refused("frame_locked_with_reason"):
        FrameFactory(locked_on=date(2025, 1, 1))
    with refused("frame_locked_with_reason"):
        FrameFactory(locked_because="De brief is verzonden.")
    assert FrameFactory(locked_on=date(2025, 1, 1), locked_because="De brief is verzonden.").is_locked
    assert not FrameFactory().is_locked


def test_a_line_has_a_code_of_its_own_in_the_frame() -> None:
    line = PolicyLineFactory(code="A")
    PolicyLineFactory(code="A")
    with refused("policyline_code_once"):
        PolicyLineFactory(frame=line.frame, code="A")
    with refused("policyline_code_given"):
        PolicyLineFactory(code="")
    assert line.natural == f"{line.frame.slug}:A"


def test_a_place_in_the_order_is_taken_once_but_lines_can_change_places() -> None:
    first = PolicyLineFactory(order=1)
    second = PolicyLineFactory(frame=first.frame, order=2)
    PolicyLine.objects.filter(pk=first.pk).update(order=2)
    PolicyLine.objects.filter(pk=second.pk).update(order=1)
    connection.check_constraints()
    with refused("policyline_order_once"):
        PolicyLineFactory(frame=first.frame, order=1)
        connection.check_constraints()


def test_a_line_maps_to_another_frame_once() -> None:
    mapping = LineMappingFactory()
    neighbour = PolicyLineFactory(frame=mapping.from_line.frame)
    with refused("linemapping_once"):
        LineMappingFactory(from_line=mapping.from_line, to_line=mapping.to_line)
    with refused("linemapping_other_frame", "Koppel lijnen van verschillende kaders."):
        LineMappingFactory(from_line=mapping.from_line, to_line=neighbour)
    with pytest.raises(ValidationError, match="verschillende kaders"):
        LineMapping(from_line=mapping.from_line, to_line=neighbour).full_clean()


def test_a_line_does_not_map_to_itself_even_without_the_trigger() -> None:
    line = PolicyLineFactory()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE monitoring_linemapping DISABLE TRIGGER USER")
    with refused("linemapping_not_itself"):
        LineMapping.objects.create(from_line=line, to_line=line)


def test_a_series_runs_on_through_the_frames_but_not_to_neighbours() -> None:
    """1 and 2 both went over into A, and A into X; 1 goes on as A and X, but it is not 2."""
    one, a, x = PolicyLineFactory(), PolicyLineFactory(), PolicyLineFactory()
    two = PolicyLineFactory(frame=one.frame)
    for earlier, later in [(one, a), (two, a), (a, x)]:
        LineMappingFactory(from_line=earlier, to_line=later)
    assert set(PolicyLine.objects.continuing(one)) == {one, a, x}
    assert set(PolicyLine.objects.continuing(a)) == {one, two, a, x}
    assert set(PolicyLine.objects.continuing(x)) == {one, two, a, x}


def test_roles_at_a_day() -> None:
    role = PlanRoleFactory(valid_from=date(2021, 1, 1), valid_until=date(2024, 7, 1))
    assert list(PlanRole.objects.at(on=date(2024, 7, 1))) == [role]
    assert not PlanRole.objects.at(on=date(2024, 7, 2))
    assert role.natural == f"{role.frame.slug}:pays:{role.organisation.key}"


def test_a_role_is_known_in_order_and_held_once_at_a_time() -> None:
    role = PlanRoleFactory(valid_from=date(2021, 1, 1))
    same = {"organisation": role.organisation, "frame": role.frame}
    PlanRoleFactory(**same, role=Role.CO_SENDS)
    with refused("planrole_no_overlap"):
        PlanRoleFactory(**same, role=Role.PAYS)
    with refused("planrole_role_known"):
        PlanRoleFactory(role="kijkt toe")
    with refused("planrole_valid_until_after_valid_from"):
        PlanRoleFactory(valid_from=date(2022, 1, 2), valid_until=date(2022, 1, 1))
