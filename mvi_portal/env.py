"""Values from the environment: typed, and loud when they are wrong.

A value that is missing or malformed stops the start with one line on standard error and exit code 4, which
gunicorn takes for an application that cannot load (any other code would make it try again for ever).
"""

import os
import re
import sys
from collections.abc import Callable, Collection
from datetime import UTC, date, datetime, timedelta
from email.utils import parseaddr
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

_EXIT_CODE = 4
_SECRET_LENGTH = 50
_EXAMPLE_SECRET = "$(openssl rand -base64 48)"  # noqa: S105 - a command, not a secret
_YES = {"1", "true", "yes", "on"}
_NO = {"0", "false", "no", "off"}
_LABEL = r"[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?"
_HOST = rf"(?:{_LABEL}\.)*{_LABEL}|\[[0-9a-f:.]+\]"
_MAIL = rf"[^\s@<>(),;:\"\[\]]+@(?:{_LABEL}\.)+[a-z][a-z0-9-]*"
_QUOTED = "in a password / is written as %2F, @ as %40 and : as %3A"
_WEB = rf"https://(?:{_HOST})(?::\d{{1,5}})?(?:/\S*)?"


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


def whole(name: str, default: int, *, lowest: int = 0, highest: int = 999_999_999) -> int:
    value = text(name, str(default), example=str(default))
    if not re.fullmatch(r"\d{1,9}", value, re.ASCII) or not lowest <= int(value) <= highest:
        reach = f"from {lowest} to {highest}"
        stop(name, f"is {value!r}, which is no whole number {reach}", str(max(default, lowest)))
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


def hosts(name: str, default: Collection[str] | None = None, *, example: str) -> list[str]:
    """Host names as a browser asks for them; one that begins with a dot holds for all below it."""
    found = names(name, default, example=example)
    for host in found:
        if host != "*" and not _matches(_HOST, host.removeprefix(".")):
            stop(name, f"holds {host!r}, which is no host name (without https://, port or path)", example)
    return found


def host(name: str, default: str | None, *, example: str) -> str:
    """One host name, or nothing when that is the default."""
    what = "no host name (without a scheme, port or path)"
    return _shaped(name, default, like=_HOST, what=what, example=example)


def origins(name: str, *, example: str) -> list[str]:
    """Where a form may come from: `https://host`, with a port when that is not the usual one."""
    found = names(name, [], example=example)
    for origin in found:
        scheme, _, place = origin.partition("://")
        if scheme not in {"https", "http"} or not _matches(rf"(?:\*\.)?(?:{_HOST})(?::\d{{1,5}})?", place):
            stop(name, f"holds {origin!r}, which is no origin (https://host, without a path)", example)
    return found


def mail(name: str, default: str | None, *, example: str) -> str:
    """An e-mail address, or nothing when that is the default."""
    return _shaped(name, default, like=_MAIL, what="no e-mail address", example=example)


def sender(name: str, default: str | None, *, example: str) -> str:
    """An e-mail address, with or without a name: `MVI-portaal <mvi@example.nl>`."""
    value = text(name, default, example=example)
    if "\n" in value or not _matches(_MAIL, parseaddr(value)[1]):
        stop(name, f"is {value!r}, which is no e-mail address with or without a name", example)
    return value


def contact(name: str, default: str | None, *, example: str) -> str:
    """Where somebody can be reached: an e-mail address or a page over https; or nothing, as the default."""
    what = "no e-mail address and no address that begins with https://"
    return _shaped(name, default, like=rf"{_MAIL}|{_WEB}", what=what, example=example)


def web_address(name: str, *, example: str) -> str:
    """A page over https; or nothing."""
    return _shaped(name, "", like=_WEB, what="no address that begins with https://", example=example)


def _shaped(name: str, default: str | None, *, like: str, what: str, example: str) -> str:
    """A text of this form, or nothing when that is the default."""
    value = text(name, default, example=example)
    if value and not _matches(like, value):
        stop(name, f"is {value!r}, which is {what}", example)
    return value


def _matches(pattern: str, value: str) -> bool:
    return re.fullmatch(pattern, value, re.ASCII | re.IGNORECASE) is not None


def path(name: str, default: Path) -> Path:
    """An absolute path of a folder, so that it means the same from any other; it need not be there yet."""
    value = Path(text(name, str(default), example=str(default)))
    if not value.is_absolute():
        stop(name, f"is {str(value)!r}, which is no absolute path", str(default))
    if _is(value, Path.exists) and not _is(value, Path.is_dir):
        stop(name, f"is {str(value)!r}, which is no folder", str(default))
    return value


def folder(name: str, default: Path, *, holding: Collection[str]) -> Path:
    """A folder with at least one file that ends so, unless it is the default: that can be made later."""
    value, example = path(name, default), f"/srv/mvi/{name.lower()}"
    if value == default:
        return value
    if not _is(value, Path.is_dir):
        stop(name, f"is {str(value)!r}, which is no folder that exists", example)
    if not any(any(value.glob(f"*{kind}")) for kind in holding):
        stop(name, f"is {str(value)!r}, a folder without a file {_or(holding)}", example)
    return value


def _is(place: Path, true: Callable[[Path], bool]) -> bool:
    """What may not be looked at, or cannot be a path at all, is not there."""
    try:
        return true(place)
    except (OSError, ValueError):
        return False


def _or(kinds: Collection[str]) -> str:
    *most, last = kinds
    return f"{', '.join(most)} or {last}" if most else last


def day(name: str, *, example: str = "2025-01-31") -> date | None:
    """A day, or None when the variable is not set."""
    value = text(name, "", example=example)
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        stop(name, f"is {value!r}, which is no date", example)


def day_within_a_year(name: str, *, required: bool) -> date:
    """A day at most a year from now, as RFC 9116 asks; when it need not be given, half a year from now.

    A day that has passed is taken: it stops nobody's start, and says itself that it has passed.
    """
    today = datetime.now(tz=UTC).date()
    latest = today + timedelta(days=365)
    found = day(name, example=str(latest))
    if found is None:
        return stop(name, "is not set", str(latest)) if required else today + timedelta(days=182)
    if found > latest:
        stop(name, f"is {found}, which is more than a year from now", str(latest))
    return found


def file(name: str, *, kinds: Collection[str]) -> Path | None:
    """A file that can be read and ends so, or None when the variable is not set."""
    example = f"/srv/mvi/{name.lower()}{next(iter(kinds))}"
    value = text(name, "", example=example)
    if not value:
        return None
    found = Path(value)
    if not (found.is_absolute() and _is(found, Path.is_file) and os.access(found, os.R_OK)):
        stop(name, f"is {value!r}, which is no absolute path of a file that exists and can be read", example)
    if found.suffix.lower() not in kinds:
        stop(name, f"is {value!r}, which is no file {_or(kinds)}", example)
    return found


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
    """Neither client says which variable is wrong, and one of them not even that something is."""
    example = "redis://:password@host:6379/0"
    parts, options = _split(name, default, {"redis", "rediss", "unix"}, example)
    if not (parts.path.strip("/") if parts.scheme == "unix" else parts.hostname):
        stop(name, "names no server", example)
    number = options.get("db", "0") if parts.scheme == "unix" else parts.path.strip("/") or "0"
    if not re.fullmatch(r"\d{1,5}", number, re.ASCII):
        stop(name, "names no database by its number", example)
    return parts, options


def _split(
    name: str, default: str | None, schemes: Collection[str], example: str
) -> tuple[SplitResult, dict[str, str]]:
    """An address in parts, with its options. The value stays out of the message: it can hold a password."""
    try:
        parts = urlsplit(text(name, default, example=example))
        options = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
        _ = parts.port  # a port that is no number shows only when it is asked for
    except ValueError:
        stop(name, f"is no address ({_QUOTED})", example)
    if parts.scheme not in schemes:
        stop(
            name, f"does not begin with {' or '.join(f'{scheme}://' for scheme in sorted(schemes))}", example
        )
    return parts, options
