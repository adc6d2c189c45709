"""The backup of docs/deploy.md: what is restored is what was there, history and triggers included."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from mvi_portal.core import pdf
from mvi_portal.devservices.places import ROOT
from reports import content, render
from reports.services import freeze_letter
from signatories.models import Manifest
from tests.databases import url_of
from tests.factories.registers import municipalities
from tests.factories.reports import LetterFactory, figure
from tests.factories.signatories import SignatoryFactory

COUNTED = """
    SELECT (SELECT count(*) FROM signatories_signatory), (SELECT count(*) FROM signatories_signatoryevent),
        (SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal), (SELECT count(*) FROM pg_constraint),
        (SELECT count(*) FROM django_migrations)
"""


def written(program: str) -> list[str]:
    """The arguments with which the documentation calls the program, but for who and where."""
    text = (ROOT / "docs" / "deploy.md").read_text()
    found = re.search(rf"exec -T database {program} ([^<>\n]*)", text)
    assert found
    return [word for word in shlex.split(found[1]) if word.startswith("--") and "name=" not in word]


def program(name: str) -> str:
    """Beside the server that runs, else the machine's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT setting FROM pg_config WHERE name = 'BINDIR'")
        beside = Path(cursor.fetchone()[0]) / name
    return str(beside) if beside.exists() else shutil.which(name) or pytest.skip(f"no {name} here")


@contextmanager
def restored(folder: Path) -> Iterator[str]:
    """The name of a database that the backup of this one was restored into, as the documentation says."""
    dump, copy = folder / "mvi.dump", f"{connection.settings_dict['NAME']}_restored"
    with psycopg.connect(url_of("postgres"), autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(copy)))
        try:
            made = [program("pg_dump"), *written("pg_dump"), url_of(connection.settings_dict["NAME"])]
            dump.write_bytes(subprocess.run(made, check=True, capture_output=True).stdout)
            back = [program("pg_restore"), *written("pg_restore"), f"--dbname={url_of(copy)}", str(dump)]
            subprocess.run(back, check=True, capture_output=True)
            yield copy
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(copy)))


@contextmanager
def working_in(name: str) -> Iterator[None]:
    """Django's own connection, to another database."""
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


@pytest.mark.django_db(transaction=True)
def test_a_backup_is_restored_with_its_history(tmp_path: Path) -> None:
    SignatoryFactory()
    with (
        restored(tmp_path) as copy,
        psycopg.connect(url_of(copy)) as there,
        connection.cursor() as cursor,
    ):
        cursor.execute(COUNTED)
        assert there.execute(COUNTED).fetchone() == cursor.fetchone()
        name = Manifest.objects.get().name
        there.execute("UPDATE signatories_manifest SET name = name || ' (hersteld)'")
        told = there.execute("SELECT name FROM signatories_manifestevent ORDER BY pgh_id").fetchall()
        assert [name, f"{name} (hersteld)"] == [row[0] for row in told][-2:]


@pytest.mark.django_db(transaction=True)
def test_a_letter_of_a_restored_database_freezes_and_prints_the_same(tmp_path: Path) -> None:
    """Live figures and frozen ones: the same content hash, and on the same installation the same bytes."""
    municipalities(3)
    letter = LetterFactory.saying(f"<p>Er zijn {figure('ondertekenaars.gemeenten')} gemeenten.</p>")
    live = content.gather(letter.pk, on=letter.reference_date)
    frozen = freeze_letter(letter=letter, by=None)
    printed = pdf.write(render.to_html(live))
    with restored(tmp_path) as copy, working_in(copy):
        assert content.register_of(letter.pk).sha256() == frozen.sha256
        again = content.gather(letter.pk, on=letter.reference_date)
        assert again.sha256() == live.sha256()
        assert pdf.write(render.to_html(again)) == printed
