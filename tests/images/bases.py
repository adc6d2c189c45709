"""What the images are built with and on: the programs, a base image, and the portal's image itself."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from scripts.bootstrap import install_packages

ROOT = Path(__file__).resolve().parent.parent.parent
PORTAL, DATABASE, QUEUE, SCANNER = (
    f"localhost/mvi-test-{name}" for name in ("portal", "database", "queue", "scanner")
)
SUITE = "trixie"
_MADE = f"localhost/mvi-test-base:{SUITE}"
_PROGRAMS = {
    "podman": "podman",
    "podman-compose": "podman-compose",
    "runc": "runc",
    "debootstrap": "debootstrap",
}
_LIMIT = "4096:4096"
_NETWORK = ("netavark", "aardvark-dns", "iptables")  # containers find each other by name
_SECRETS = {  # what pip and npm need on a machine with a network of its own
    "pip.conf": Path("/etc/pip.conf"),
    "npmrc": Path.home() / ".npmrc",
    "ca": Path("/etc/ssl/certs/ca-certificates.crt"),
}


class ImagesError(Exception):
    """What went wrong, in a line or with the output of the command that failed."""


def run(*command: str, env: Mapping[str, str] | None = None, text: str | None = None) -> str:
    """Its standard output. Raises ImagesError with all that it said."""
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **(env or {})}, input=text, capture_output=True, text=True
    )
    if done.returncode:
        raise ImagesError(f"{shlex.join(command)}: code {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def complete_machine() -> None:
    """Debian's packages, when we may install them."""
    missing = [package for program, package in _PROGRAMS.items() if not shutil.which(program)]
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        install_packages([*missing, *_NETWORK], [])
    elif missing:
        raise ImagesError(f"the machine lacks {', '.join(missing)}")


def configure(folder: Path) -> dict[str, str]:
    """Podman's own limits go beyond what may be set in a machine that is itself contained: ask for less."""
    place = folder / "containers.conf"
    limits = f'default_ulimits = ["nofile={_LIMIT}", "nproc={_LIMIT}"]'
    engine, network = 'runtime = "runc"', 'network_backend = "netavark"'
    place.write_text(f"[containers]\n{limits}\n[engine]\n{engine}\n[network]\n{network}\n")
    return {"CONTAINERS_CONF": str(place)}


def base() -> str:
    """The one that `BASE` names, else one made of Debian's packages on this machine."""
    if given := os.environ.get("BASE"):
        return given
    if subprocess.run(["podman", "image", "exists", _MADE]).returncode:
        with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
            run("debootstrap", "--variant=minbase", SUITE, f"{folder}/base")
            run("tar", "-C", f"{folder}/base", "-cf", f"{folder}/base.tar", ".")
            run("podman", "import", f"{folder}/base.tar", _MADE)
    return _MADE


def build(base: str, env: Mapping[str, str]) -> None:
    """The portal from its Dockerfile, and what stands in for the images of database, queue and scanner."""
    secrets = [f"--secret=id={name},src={path}" for name, path in _SECRETS.items() if path.is_file()]
    common = ("podman", "build", "--network=host", f"--build-arg=BASE={base}")
    run(*common, *secrets, f"--tag={PORTAL}", ".", env=env)
    for tag, target in ((DATABASE, "database"), (QUEUE, "queue"), (SCANNER, "scanner")):
        run(*common, f"--target={target}", f"--tag={tag}", "tests/images/standins", env=env)
