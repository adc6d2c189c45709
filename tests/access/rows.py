"""Who may do what at one address, as the walk over all addresses tries it."""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass

from mvi_portal.accounts.models import Role

ALL = frozenset(Role)
READERS = ALL - {Role.CONTACT}  # all but who may read only of the own organisation
NOBODY: frozenset[Role] = frozenset()


@dataclass(frozen=True)
class Access:
    """One address and the roles that are let in with each method; everybody else is turned away.

    `get` or `post` None: the method is not there (405). `address` makes what the address needs, of an
    organisation that nobody in the walk acts for, and gives the path; without it the name alone is enough.
    `public`: also for who is not logged in.
    """

    name: str
    get: Set[Role] | None = NOBODY
    post: Set[Role] | None = None
    address: Callable[[], str] | None = None
    public: bool = False
