"""The table of rights, cell by cell as the design tells it."""

from __future__ import annotations

import pytest

from mvi_portal.accounts.models import Role, User
from mvi_portal.accounts.permissions import RIGHTS, Action, Scope, may, scope

DESIGN = {
    Action.READ: dict.fromkeys(Role, Scope.YES) | {Role.CONTACT: Scope.OWN},
    Action.SEE_SCORES: {Role.SECRETARIAT: Scope.YES, Role.EVALUATOR: Scope.YES, Role.CONTACT: Scope.OWN},
    Action.KEEP_REGISTER: {Role.SECRETARIAT: Scope.YES},
    Action.GIVE_PROGRESS: {Role.OFFICER: Scope.OWN},
    Action.UPLOAD_PLANS: {Role.SECRETARIAT: Scope.YES, Role.EVALUATOR: Scope.YES},  # a contact's own: later
    Action.EVALUATE: {Role.EVALUATOR: Scope.YES},
    Action.COMPOSE_LETTER: {Role.SECRETARIAT: Scope.YES},
    Action.GIVE_ASSENT: {Role.SECRETARIAT: Scope.YES, Role.OFFICER: Scope.OWN},
    Action.MANAGE_ACCOUNTS: {Role.ADMINISTRATOR: Scope.YES},
}


@pytest.mark.parametrize("action", DESIGN)
@pytest.mark.parametrize("role", Role)
def test_a_role_may_do_what_the_design_says(action: Action, role: Role) -> None:
    user = User(email="iemand@voorbeeld.example", role=role)
    expected = DESIGN[action].get(role, Scope.NO)
    assert scope(user, action) is expected
    assert may(user, action) is (expected is not Scope.NO)


def test_every_action_has_a_row() -> None:
    assert set(RIGHTS) == set(Action)


def test_an_administrator_writes_no_content() -> None:
    reach = {action for action in Action if RIGHTS[action].get(Role.ADMINISTRATOR, Scope.NO) is not Scope.NO}
    assert reach == {Action.READ, Action.MANAGE_ACCOUNTS}


def test_who_is_no_longer_active_may_nothing() -> None:
    user = User(role=Role.SECRETARIAT, is_active=False)
    assert not any(may(user, action) for action in Action)
