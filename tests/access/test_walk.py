"""Closed by default: every address, with every method, for every role."""

from __future__ import annotations

import importlib
import logging
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import contextmanager, nullcontext
from copy import copy
from functools import lru_cache
from http.cookies import SimpleCookie
from itertools import cycle
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.backends import ModelBackend
from django.db import transaction
from django.shortcuts import resolve_url
from django.template.backends.django import Template
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import DjangoDbBlocker

from mvi_portal.accounts.models import Role, User
from mvi_portal.core.admin import ReadOnlyAdmin
from mvi_portal.jobs import health
from tests.access import planted
from tests.access.rows import ALL, Access
from tests.factories.signatories import OrganisationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.unmeasured]  # tells who is let in, not what is right
METHODS = ("get", "head", "post", "put", "patch", "delete", "options")
SAFE = {"get", "head", "options"}
TURNED_AWAY = {403, 404}
NO_SUCH_METHOD = 405
TWINS = {"head": "get", "put": "post"}  # answered by the same view: of who is let in by both, one tries both
Visitors = Mapping[Role | None, Client]


def load() -> list[Access]:
    """The rows of every module beside this one."""
    names = sorted(file.stem for file in Path(__file__).parent.glob("*.py"))
    modules = [importlib.import_module(f"tests.access.{name}") for name in names if not name.startswith("__")]
    return [row for module in modules for row in getattr(module, "ROWS", [])]


ROWS = load()


def addresses(patterns: Iterable[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    """The full name of every address; an address without a name by its pattern. The admin's apart."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name or pattern.pattern}"
        elif pattern.namespace != "admin":
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern.url_patterns, inner)


def address_of(role: Role) -> str:
    return f"{role.value}@voorbeeld.example"


def visitor(role: Role | None) -> Client:
    client = Client()
    if role is not None:
        user, _ = User.objects.get_or_create(
            email=address_of(role), defaults={"name": role.label, "role": role}
        )
        client.force_login(user)
    return client


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Who is turned away is told in the log, thousands of times, which nobody reads and costs a tenth.

    And nobody waits half a second, twenty times, for the worker that does not answer whether it is well; nor
    is an address looked for in the whole url conf each time that somebody else asks for it.
    """
    logging.disable(logging.CRITICAL)
    conf = get_resolver()
    known = patch.object(conf, "resolve", lru_cache(conf.resolve))
    with patch.dict(health.PARTS, clear=True), known:
        yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def visitors(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Visitors]:
    """Somebody of each role, logged in once for all addresses: outside the transaction that a test undoes.

    What a session holds is in the cookie and who it is of is remembered, which spares each of some thousands
    of requests two questions.
    """
    with override_settings(SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies"):
        with django_db_blocker.unblock():
            made = {role: visitor(role) for role in (None, *Role)}
            people = {user.pk: user for user in User.objects.filter(email__in=map(address_of, Role))}
        with patch.object(ModelBackend, "get_user", lambda _, key: copy(people[int(key)])):
            yield made
        with django_db_blocker.unblock():
            User.objects.filter(email__in=[address_of(role) for role in Role]).delete()


class Walk:
    """One address, tried with every method by everybody; whatever an answer changed is undone again."""

    def __init__(self, row: Access, visitors: Visitors) -> None:
        self.row, self.visitors = row, visitors
        self.address = row.address() if row.address else reverse(row.name)

    def faults(self) -> Iterator[str]:
        for method in METHODS:
            for role in self.tried_by(method):
                if found := self.fault(method, role):
                    yield found

    def tried_by(self, method: str) -> list[Role | None]:
        """Everybody; but of those who are answered in the same way by the same view only the first."""
        allowed = allowed_of(self.row, TWINS.get(method, method))
        if method == "options":
            return [None, *firsts(allowed), *firsts(ALL - allowed)]
        alike = allowed - set(firsts(allowed)) if method in TWINS else set()
        return [role for role in self.visitors if role not in alike]

    def fault(self, method: str, role: Role | None) -> str:
        """What is wrong with the answer to this role; empty when it is as the row says."""
        client = self.visitors[role]
        cookies = SimpleCookie(client.cookies)
        changes = self.row.public or role in allowed_of(self.row, method)
        drawn = role in firsts(allowed_of(self.row, method))
        with transaction.atomic() if changes else nullcontext(), nullcontext() if drawn else undrawn():
            answer = getattr(client, method)(self.address)
            found = judged(self.row, method, role, answer)
            if changes:
                transaction.set_rollback(True)
        client.cookies = cookies
        return found


@contextmanager
def undrawn() -> Iterator[None]:
    """Answers whose page stays empty: who is let in is known before, and a page takes most of the time."""
    with patch.object(Template, "render", lambda *_args, **_named: ""):
        yield


def allowed_of(row: Access, method: str) -> Set[Role]:
    by_method = {"get": row.get, "head": row.get, "options": row.get, "post": row.post, "put": row.post}
    return by_method.get(method) or frozenset()


def firsts(roles: Set[Role]) -> list[Role]:
    """The first of them, if there is one."""
    return [role for role in Role if role in roles][:1]


def judged(row: Access, method: str, role: Role | None, answer: Any) -> str:
    status = answer.status_code
    if method == "put" and status == NO_SUCH_METHOD:
        return ""  # Django's own forms take it for a POST; ours need not
    who = f"{method.upper()} {row.name} as {role or 'nobody'}: {status}"
    to_login = answer.headers.get("Location", "").startswith(resolve_url(settings.LOGIN_URL))
    if role is None and to_login is row.public:
        return f"{who}, {'' if to_login else 'not '}sent to the login"
    if role is None and not row.public:
        return ""
    allowed = {"get": row.get, "head": row.get, "post": row.post, "put": row.post}.get(method)
    if method == "options":
        return "" if status in {200, NO_SUCH_METHOD, *TURNED_AWAY} else who
    if allowed is None:
        return "" if status in {NO_SUCH_METHOD, *TURNED_AWAY} else f"{who}, a method that is not there"
    if row.public or role in allowed:
        return f"{who}, turned away" if status in {NO_SUCH_METHOD, *TURNED_AWAY} else ""
    return "" if status in TURNED_AWAY else f"{who}, let in"


def test_every_address_has_one_row() -> None:
    assert sorted(row.name for row in ROWS) == sorted(addresses(get_resolver().url_patterns))


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_each_role_gets_what_its_row_says(row: Access, visitors: Visitors) -> None:
    assert not list(Walk(row, visitors).faults())


OUTSIDERS = [None, *(role for role in Role if role is not Role.ADMINISTRATOR)]
DOOR = {"admin:login", "admin:logout"}  # to the portal's own pages, for everybody
CHANGES = ("add", "change", "delete")


def admins() -> list[tuple[str, str]]:
    """The name and the address of every page of Django's admin; a row that it asks for need not be there."""
    found = []
    for pattern in admin.site.urls[0]:
        inner: list[Any] = pattern.url_patterns if isinstance(pattern, URLResolver) else [pattern]
        for page in (one for one in inner if one.name and f"admin:{one.name}" not in DOOR):
            asked = dict.fromkeys(page.pattern.regex.groupindex, "1")
            place = {**asked, **{name: "signatories" for name in asked if name == "app_label"}}
            found.append((f"admin:{page.name}", reverse(f"admin:{page.name}", kwargs=place)))
    return found


def test_the_admin_is_for_administrators(visitors: Visitors) -> None:
    """Django's own pages, which all ask the same: each of somebody else in turn, the first of everybody."""
    pages = admins()
    assert len(pages) > len(admin.site._registry) * 4
    tried = [(pages[0], role) for role in OUTSIDERS] + list(zip(pages, cycle(OUTSIDERS), strict=False))
    with undrawn():
        let_in = [
            (name, role)
            for (name, at), role in tried
            if visitors[role].get(at, follow=False).status_code == 200
        ]
    assert let_in == []


def test_nobody_changes_a_row_in_the_admin(visitors: Visitors) -> None:
    assert [
        model for model, page in admin.site._registry.items() if not isinstance(page, ReadOnlyAdmin)
    ] == []
    body = OrganisationFactory()
    with undrawn():
        for change in CHANGES:
            at = reverse(
                f"admin:signatories_organisation_{change}", args=[body.pk] if change != "add" else []
            )
            assert visitors[Role.ADMINISTRATOR].post(at, {"post": "yes"}).status_code == 403


def test_a_planted_address_without_a_row_is_noticed() -> None:
    with_more = get_resolver(planted.__name__).url_patterns
    assert set(addresses(with_more)) - {row.name for row in ROWS} == {"planted", "planted-public"}


@pytest.mark.parametrize(
    ("row", "method", "role"),
    [
        (Access("planted", get={Role.SECRETARIAT}), "get", Role.READER),
        (Access("planted", get=ALL), "delete", Role.SECRETARIAT),
        (Access("planted", get=ALL, public=True), "get", None),
        (Access("planted-public", get=ALL), "get", None),
    ],
)
@override_settings(ROOT_URLCONF=planted.__name__)
def test_a_planted_view_without_a_check_is_noticed(row: Access, method: str, role: Role | None) -> None:
    assert Walk(row, {role: visitor(role)}).fault(method, role)
