"""The backup of docs/deploy.md: what is restored is what was there, history and triggers included."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from mvi_portal.devservices.places import ROOT
from signatories.models import Manifest
from tests.databases import url_of
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


@pytest.mark.django_db(transaction=True)
def test_a_backup_is_restored_with_its_history(tmp_path: Path) -> None:
    SignatoryFactory()
    dump, copy = tmp_path / "mvi.dump", f"{connection.settings_dict['NAME']}_restored"
    with psycopg.connect(url_of("postgres"), autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(copy)))
        try:
            made = [program("pg_dump"), *written("pg_dump"), url_of(connection.settings_dict["NAME"])]
            dump.write_bytes(subprocess.run(made, check=True, capture_output=True).stdout)
            back = [program("pg_restore"), *written("pg_restore"), f"--dbname={url_of(copy)}", str(dump)]
            subprocess.run(back, check=True, capture_output=True)
            with psycopg.connect(url_of(copy)) as restored, connection.cursor() as cursor:
                cursor.execute(COUNTED)
                assert restored.execute(COUNTED).fetchone() == cursor.fetchone()
                name = Manifest.objects.get().name
                restored.execute("UPDATE signatories_manifest SET name = name || ' (hersteld)'")
                told = restored.execute(
                    "SELECT name FROM signatories_manifestevent ORDER BY pgh_id"
                ).fetchall()
                assert [name, f"{name} (hersteld)"] == [row[0] for row in told][-2:]
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(copy)))
