"""The addresses that the private services have, up or not: what the settings fall back on."""

from pathlib import Path
from urllib.parse import quote

from mvi_portal.devservices.places import Home

USER = DATABASE = "mvi"


def database_url(home: Home) -> str:
    return f"postgres://{USER}@/{DATABASE}?host={quote(str(home.sockets))}"


def redis_url(home: Home) -> str:
    return f"unix://{quote(str(home.sockets / 'valkey.sock'))}?db=0"


def private_addresses(root: Path) -> dict[str, str]:
    """Of a checkout's services, by variable. Looks, and makes nothing."""
    home = Home(root, account=None)
    return {"DATABASE_URL": database_url(home), "REDIS_URL": redis_url(home)}
