"""The table of rights on the page and in the docs is the table that the code asks."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from mvi_portal.accounts import rights
from mvi_portal.accounts.models import Role, User
from mvi_portal.accounts.permissions import Action


def test_the_docs_hold_the_table_of_the_code(tmp_path: Path) -> None:
    target = tmp_path / "rechten.md"
    call_command("rights", out=target)
    committed = Path(settings.BASE_DIR) / "docs" / "rechten.md"
    assert committed.read_text(encoding="utf-8") == target.read_text(encoding="utf-8"), (
        'draai make manage ARGS="rights --out docs/rechten.md"'
    )


def test_the_command_can_show_it(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("rights")
    assert capsys.readouterr().out == rights.as_markdown()


def test_the_table_has_each_action_and_each_role() -> None:
    table = rights.as_table()
    assert len(table.rows) == len(Action)
    assert [column.label for column in table.columns][1:3] == ["Secretariaat DGMI", "Beleidsmedewerker"]
    assert {len(row.cells) for row in table.rows} == {1 + len(Role)}


def test_a_role_is_told_in_words() -> None:
    assert rights.of(Role.READER) == ["register, groepen, monitoring en verzonden brieven lezen"]
    assert "opmerkingen bij brief en nota maken (alleen opmerken)" in rights.of(Role.OFFICER)


@pytest.mark.django_db
def test_the_administrators_page_shows_it(client: Client) -> None:
    client.force_login(User.objects.create_superuser("b@voorbeeld.example", name="B"))
    html = client.get("/beheer/rechten/").content.decode()
    for action in Action:
        assert action.label[1:] in html
    assert "eigen organisatie" in html
