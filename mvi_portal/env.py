"""Values from the environment: typed, and loud when they are wrong.

A value that is missing or malformed stops the start with one line on standard error and exit code 4, which
gunicorn takes for an application that cannot load (any other code would make it try again for ever).
"""

import os
import re
import sys
from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

_EXIT_CODE = 4
_SECRET_LENGTH = 50
_EXAMPLE_SECRET = "$(openssl rand -base64 48)"  # noqa: S105 - a command, not a secret
_YES = {"1", "true", "yes", "on"}
_NO = {"0", "false", "no", "off"}


def stop(name: str, fault: str, example: str) -> NoReturn:
    """End the program with one line: the variable, what is wrong with it and an example."""
    sys.stderr.write(f"configuration: {name} {fault}; for example {name}={example}\n")
    raise SystemExit(_EXIT_CODE)


def text(name: str, default: str | None = None, *, example: str) -> str:
    """Any text; without a default it must be there. Empty counts as not given."""
    value = os.environ.get(name, "").strip()
    if os.environ.get(f"{name}_FILE", "").strip():
        value = _from_file(name, value)
    if value:
        return value
    if default is None:
        stop(name, "is not set", example)
    return default


def _from_file(name: str, value: str) -> str:
    """A secret that is mounted as a file is named by `NAME_FILE`; twice told is once too many."""
    place = f"{name}_FILE"
    example = f"/run/secrets/{name.lower()}"
    if value:
        stop(place, f"and {name} are both set", example)
    try:
        return Path(os.environ[place].strip()).read_text().strip()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text"
        stop(place, f"names a file that cannot be read ({reason})", example)


def choice(name: str, default: str, options: Collection[str]) -> str:
    value = text(name, default, example=default)
    if value not in options:
        stop(name, f"is {value!r}, which is none of {', '.join(options)}", default)
    return value


def flag(name: str, *, default: bool) -> bool:
    value = text(name, "on" if default else "off", example="on").lower()
    if value not in _YES | _NO:
        stop(name, f"is {value!r}, which is neither on nor off", "on")
    return value in _YES


def whole(name: str, default: int, *, lowest: int = 0) -> int:
    value = text(name, str(default), example=str(default))
    if not re.fullmatch(r"\d{1,9}", value, re.ASCII) or int(value) < lowest:
        stop(name, f"is {value!r}, which is no whole number from {lowest}", str(max(default, lowest)))
    return int(value)


def secret(name: str, default: str | None) -> str:
    """A key that cannot be guessed; only a default may be short."""
    value = text(name, default, example=_EXAMPLE_SECRET)
    if value != default and (len(value) < _SECRET_LENGTH or len(set(value)) < 10):
        stop(name, f"is shorter than {_SECRET_LENGTH} characters or too plain", _EXAMPLE_SECRET)
    return value


def names(name: str, default: Collection[str] | None = None, *, example: str) -> list[str]:
    """Words with commas between them."""
    joined = None if default is None else ",".join(default)
    found = [word.strip() for word in text(name, joined, example=example).split(",") if word.strip()]
    if default is None and not found:
        stop(name, "is empty", example)
    return found


def path(name: str, default: Path) -> Path:
    """An absolute path, so that it means the same from any folder."""
    value = Path(text(name, str(default), example=str(default)))
    if not value.is_absolute():
        stop(name, f"is {str(value)!r}, which is no absolute path", str(default))
    return value


def day(name: str) -> date | None:
    """A day, or None when the variable is not set."""
    value = text(name, "", example="2025-01-31")
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        stop(name, f"is {value!r}, which is no date", "2025-01-31")


def day_within_a_year(name: str, *, required: bool) -> date:
    """A day at most a year from now, as RFC 9116 asks; when it need not be given, half a year from now.

    A day that has passed is taken: it stops nobody's start, and says itself that it has passed.
    """
    today = datetime.now(tz=UTC).date()
    latest = today + timedelta(days=365)
    found = day(name)
    if found is None:
        return stop(name, "is not set", str(latest)) if required else today + timedelta(days=182)
    if found > latest:
        stop(name, f"is {found}, which is more than a year from now", str(latest))
    return found


def file(name: str) -> Path | None:
    """A file that exists, or None when the variable is not set."""
    example = "/srv/mvi/file"
    value = text(name, "", example=example)
    if value and not (Path(value).is_absolute() and Path(value).is_file()):
        stop(name, f"is {value!r}, which is no absolute path of a file that exists", example)
    return Path(value) if value else None


def database(name: str, default: str | None, *, password: str = "") -> dict[str, Any]:
    """Django's form of a PostgreSQL address; `?host=/folder` is a unix socket, other options go along.

    `password` is for an address that has none, so that the password alone can be kept in a file.
    """
    example = "postgres://user:password@host:5432/name"
    parts, options = _split(name, default, {"postgres", "postgresql"}, example)
    if not parts.path.strip("/"):
        stop(name, "names no database", example)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or "") or password,
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": options.pop("port", "") or str(parts.port or ""),
        "OPTIONS": options,
    }


def redis(name: str, default: str | None) -> str:
    """A Redis or Valkey address as the client itself reads it: a unix socket with both slashes."""
    parts, _options = _redis(name, default)
    return f"unix://{parts.path}?{parts.query}" if parts.scheme == "unix" else parts.geturl()


def broker(name: str, default: str | None) -> str:
    """Celery's form of a Redis or Valkey address; it writes a unix socket in its own way."""
    parts, options = _redis(name, default)
    if parts.scheme != "unix":
        return parts.geturl()
    return f"redis+socket://{parts.path}?virtual_host={options.get('db', '0')}"


def scanner(name: str) -> str:
    """The address of a ClamAV daemon, or nothing: `tcp://host:3310` or `unix:///folder/socket`."""
    example = "tcp://scanner:3310"
    if not text(name, "", example=example):
        return ""
    parts, _options = _split(name, "", {"tcp", "unix"}, example)
    if not (parts.path if parts.scheme == "unix" else parts.hostname):
        stop(name, "names no scanner", example)
    return parts.geturl() if parts.scheme == "tcp" else f"unix://{parts.path}"


def _redis(name: str, default: str | None) -> tuple[SplitResult, dict[str, str]]:
    return _split(name, default, {"redis", "rediss", "unix"}, "redis://:password@host:6379/0")


def _split(
    name: str, default: str | None, schemes: Collection[str], example: str
) -> tuple[SplitResult, dict[str, str]]:
    """An address in parts, with its options. The value stays out of the message: it can hold a password."""
    try:
        parts = urlsplit(text(name, default, example=example))
        options = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
        _ = parts.port  # a port that is no number shows only when it is asked for
    except ValueError as error:
        stop(name, f"is no address ({error})", example)
    if parts.scheme not in schemes:
        stop(
            name, f"does not begin with {' or '.join(f'{scheme}://' for scheme in sorted(schemes))}", example
        )
    return parts, options
