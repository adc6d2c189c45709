"""`make demo`: web, worker and beat in the foreground, until Ctrl-C or until one of them ends."""

import socket
import time
from collections.abc import Mapping
from contextlib import suppress
from subprocess import Popen

from mvi_portal.devservices import portal, servers
from mvi_portal.devservices.places import ROOT, ServicesError

OPENS_AT = {"REFERENCE_DATE": "2025-01-31"}  # the day that the demonstration register tells most about


def check_port(port: int) -> None:
    """Before anything is started: a port in use is the commonest fault."""
    with socket.socket() as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((portal.HOST, port))
        except OSError as error:
            fault = f"port {port} of {portal.HOST} cannot be had ({error.strerror})"
            raise ServicesError(f"{fault}; choose another, for example: make demo PORT=8123") from error


def stay_up(port: int, env: Mapping[str, str], worker: Popen[bytes]) -> None:
    """Serve until a signal ends it. Raises ServicesError when one of the three ends by itself."""
    with portal.beat(env) as beat, portal.web(port, {**OPENS_AT, **env}) as web:
        children = {"web": web, "worker": worker, "beat": beat}
        _raise_for(_ended(children))
        logs = portal.LOGS.relative_to(ROOT)
        print(f"\nhttp://{portal.HOST}:{port}   (Ctrl-C stops it; logs in {logs})", flush=True)
        with suppress(KeyboardInterrupt):
            while not (ended := _ended(children)):
                time.sleep(0.3)
            _raise_for(ended)


def _ended(children: Mapping[str, Popen[bytes]]) -> list[str]:
    return [name for name, child in children.items() if child.poll() is not None]


def _raise_for(ended: list[str]) -> None:
    if ended:
        reasons = "; ".join(f"{name}: {servers.tail(portal.LOGS / f'{name}.log')}" for name in ended)
        raise ServicesError(f"{' and '.join(ended)} stopped by itself, so all stops ({reasons})")
