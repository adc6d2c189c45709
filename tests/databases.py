"""Addresses of databases beside the one that the settings name."""

from __future__ import annotations

from urllib.parse import quote

from django.db import connection


def url_of(name: str) -> str:
    """The address of another database on the same server, for a process of its own."""
    place = connection.settings_dict
    user = f"{quote(place['USER'])}:{quote(place['PASSWORD'])}"
    return f"postgres://{user}@/{name}?host={quote(place['HOST'])}&port={place['PORT'] or 5432}"
