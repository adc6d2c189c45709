"""Where the private services live, and as whom they run."""

import hashlib
import os
import pwd
import re
import stat
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
_SPARE = Path("/var/tmp")  # noqa: S108 - short, outlives a restart; what we make there is ours alone
_SOCKET_LIMIT = 107  # bytes that a socket's path may have, the name of the longest included
_LONGEST_SOCKET = "/.s.PGSQL.5432"


class ServicesError(Exception):
    """What is wrong with the private services and what to do about it, in a line."""


@dataclass(frozen=True)
class Account:
    """Who the servers run as when we are root: PostgreSQL refuses root."""

    uid: int
    gid: int

    @classmethod
    def of_servers(cls) -> "Account | None":
        if os.geteuid() != 0:
            return None
        for name in ("postgres", "nobody"):
            try:
                entry = pwd.getpwnam(name)
            except KeyError:
                continue
            return cls(entry.pw_uid, entry.pw_gid)
        raise ServicesError("PostgreSQL does not run as root, and there is no user `postgres` or `nobody`")


@dataclass(frozen=True)
class Home:
    """The folders of one checkout's services."""

    root: Path
    account: Account | None

    @classmethod
    def of(cls, root: Path = ROOT) -> "Home":
        return cls(root, Account.of_servers())

    @cached_property
    def spare(self) -> Path:
        """A short folder outside the checkout, named after its path and our user."""
        name = hashlib.sha256(os.fsencode(self.root)).hexdigest()[:12]
        return _SPARE / f"mvi-{os.geteuid()}-{name}"

    @cached_property
    def folder(self) -> Path:
        """In the checkout, unless the servers' user may not enter it."""
        elsewhere = self.spare / "services"
        return elsewhere if elsewhere.exists() else self.root / "var" / "services"

    @cached_property
    def sockets(self) -> Path:
        inside = self.folder / "run"
        fits = len(os.fsencode(inside)) + len(_LONGEST_SOCKET) <= _SOCKET_LIMIT
        return inside if fits and re.fullmatch(r"[\w./+-]+", str(inside), re.ASCII) else self.spare / "run"

    @property
    def identity(self) -> dict[str, Any]:
        """What makes `subprocess` run something as the servers' user."""
        if not self.account:
            return {}
        return {"user": self.account.uid, "group": self.account.gid, "extra_groups": []}

    def prepare(self) -> "Home":
        """Make the folders; the home to use, which can be another one than this."""
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        self._make(self.folder)
        if not self._can_enter(self.folder):
            return self._move_out().prepare()
        if self.spare in self.sockets.parents:
            self._make(self.spare)
        self._make(self.sockets)
        return self

    def _make(self, folder: Path) -> None:
        """A folder of the servers' user alone; one that was there must already be so."""
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            self._check(folder)
        else:
            self.own(folder)

    def _check(self, folder: Path) -> None:
        found = folder.lstat()
        ours = found.st_uid in {os.geteuid(), self.account.uid if self.account else os.geteuid()}
        if not stat.S_ISDIR(found.st_mode) or not ours or found.st_mode & 0o077:
            raise ServicesError(
                f"{folder} belongs to another user or is open to others: remove it, or work in your own clone"
            )

    def own(self, path: Path) -> None:
        """Give a path and what is in it to the servers' user."""
        if self.account:
            os.chown(path, self.account.uid, self.account.gid)
            for parent, folders, files in os.walk(path):
                for name in [*folders, *files]:
                    os.chown(Path(parent, name), self.account.uid, self.account.gid, follow_symlinks=False)

    def _can_enter(self, folder: Path) -> bool:
        command = ["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)]
        done = subprocess.run(command, check=False, stderr=subprocess.DEVNULL, **self.identity)
        return done.returncode == 0

    def _move_out(self) -> "Home":
        self.folder.rmdir()
        self._make(self.spare)
        self._make(self.spare / "services")
        print(
            f"devservices: the servers' user may not enter {self.root}; their data is in {self.spare}",
            file=sys.stderr,
        )
        return Home(self.root, self.account)
