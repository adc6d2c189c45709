"""`make test-images`: the portal as its operator runs it: built, started, used, and cleaned up."""

from __future__ import annotations

import json
import re
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.images import bases
from tests.images.bases import ImagesError
from tests.images.stack import Stack, standing, wait_for
from tests.images.visitor import Visitor

LETTER = "voortgangsbrief-2025"
WHO, PASSWORD = "secretariaat@voorbeeld.example", "een-wachtwoord-voor-de-proef"
ASKED = "3f2b8c1d9e4a5b6c7d8e9f0a1b2c3d4e"
PORTAL = ("web", "worker", "beat")
EICAR = (
    r"X5O!P%@AP[4\PZX54(P^)7CC)7}$",
    "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!",
    "$H+H*",
)  # in parts: it is harmless
ALL_GOOD = {"database": "goed", "wachtrij": "goed", "worker": "goed", "opslag": "goed"}


def healthy(stack: Stack) -> None:
    stack.wait_healthy(*PORTAL)
    visitor = Visitor(stack.port)
    alive = visitor.get("/gezond/")
    assert (alive.status, json.loads(alive.body)) == (200, {"portaal": "goed"})
    wait_for(lambda: visitor.get("/gereed/").status == 200, "all parts answer, on a busy machine", seconds=60)
    assert json.loads(visitor.get("/gereed/").body) == ALL_GOOD
    assert "Contact: mailto:" in visitor.get("/.well-known/security.txt").text


def hardened(stack: Stack) -> None:
    """Nobody in particular, who can write nowhere and build nothing."""
    for service in (*PORTAL, "scanner"):
        assert re.search(r"CapEff:\s+0{16}\n", stack.inside(service, "cat", "/proc/self/status"))
        assert "NoNewPrivs:\t1" in stack.inside(service, "cat", "/proc/self/status")
    assert stack.inside("scanner", "id", "-un").strip() == "clamav"
    assert all(refuses(stack, "scanner", "touch", f"{place}/x") for place in ("/", "/etc/clamav", "/usr/bin"))
    for service in PORTAL:
        assert stack.inside(service, "id", "-u").strip() == "10001"
        for place in ("/", "/srv/mvi", "/srv/static", "/opt/mvi"):
            assert refuses(stack, service, "touch", f"{place}/x")
        for program in ("gcc", "cc", "make", "node", "npm", "pip", "pytest"):
            assert refuses(stack, service, "sh", "-c", f"command -v {program}")


def refuses(stack: Stack, service: str, *command: str) -> bool:
    try:
        stack.inside(service, *command)
    except ImagesError:
        return True
    return False


def demonstrated(stack: Stack) -> None:
    stack.inside("web", "python", "manage.py", "load_demo", DEMO_PASSWORD=PASSWORD)


def visited(stack: Stack) -> None:
    """Signed in over http, with a page and its style sheets under names that browsers keep for ever."""
    visitor = Visitor(stack.port)
    assert visitor.get("/definities/").status == 302
    sign_in(visitor)
    page = visitor.get("/definities/")
    assert page.status == 200
    assert "Peildatum" in page.text
    sheets = re.findall(r'href="(/static/[^"]+\.css)"', page.text)
    assert sheets
    for sheet in sheets:
        answer = visitor.get(sheet)
        assert answer.status == 200
        assert "immutable" in answer.headers["cache-control"]


def sign_in(visitor: Visitor) -> None:
    page = visitor.get("/inloggen/").text
    name = re.search(r'<input[^>]*name="(login|username)"', page)
    assert name
    answer = visitor.submit("/inloggen/", **{name[1]: WHO, "password": PASSWORD})
    assert answer.status == 302, answer.text


def letter_built(stack: Stack) -> None:
    """On its page, by the worker, and downloaded; nobody's name or address is in a line of any log."""
    visitor = Visitor(stack.port)
    sign_in(visitor)
    pdf = visitor.get(address_of_letter(visitor), **{"X-Request-ID": ASKED})
    assert (pdf.status, pdf.headers["content-type"]) == (200, "application/pdf")
    assert pdf.headers["x-request-id"] == ASKED
    assert pdf.body.startswith(b"%PDF-")
    assert len(pdf.body) > 20_000
    assert lines_about(stack, "web", "request_id", ASKED)
    assert lines_about(stack, "worker", "event", "job done")


def address_of_letter(visitor: Visitor) -> str:
    """Of the file, after the button on the letter's page was pressed and its version came to be ready."""
    place = f"/brieven/{LETTER}/"
    asked = visitor.submit(place, f"{place}bouwen/")
    assert asked.status == 302, asked.text
    version = re.fullmatch(rf"{place}versies/(\d+)/", asked.headers["location"])
    assert version, asked.headers["location"]
    file = f"{place}{version[1]}.pdf"
    wait_for(lambda: f'href="{file}' in visitor.get(version[0]).text, "the letter is built", seconds=180)
    return file


def scanned(stack: Stack) -> None:
    """By ClamAV in its own container; while it is away, what is uploaded waits."""
    wait_for(lambda: scan_of(stack, "niets aan de hand") == "clean", "the scanner answers", seconds=60)
    assert scan_of(stack, "".join(EICAR)) == "infected"
    stack.compose("stop", "scanner")
    assert scan_of(stack, "niets aan de hand") == "waiting"
    stack.compose("start", "scanner")
    wait_for(lambda: scan_of(stack, "niets aan de hand") == "clean", "the scanner is found again", seconds=60)


def scan_of(stack: Stack, text: str) -> str:
    """As the portal asks it of each upload."""
    ask = f"print(scan(io.BytesIO({text.encode()!r})))"
    code = f"import io; from mvi_portal.core.uploads.scanning import scan; {ask}"
    return stack.inside("worker", "python", "manage.py", "shell", "--no-imports", "--command", code).strip()


def lines_about(stack: Stack, service: str, name: str, value: str) -> list[dict[str, object]]:
    """Every line of a log is JSON; those in which something is so."""
    lines = [json.loads(line) for line in stack.logs(service).splitlines()]
    assert WHO not in stack.logs(service)
    return [line for line in lines if line.get(name) == value]


def missed(stack: Stack) -> None:
    """What is away is said, and what comes back is found again."""
    visitor = Visitor(stack.port)
    for service, parts in (
        ("worker", {"worker"}),
        ("queue", {"wachtrij", "worker"}),
        ("database", {"database"}),
    ):
        stack.compose("stop", service)
        answer = visitor.get("/gereed/")
        away = {part for part, word in json.loads(answer.body).items() if word != "goed"}
        assert (answer.status, visitor.get("/gezond/").status) == (503, 200)
        assert parts <= away, f"without {service}: {away}"
        assert not stack.is_healthy("web")
        stack.compose("start", service)
        wait_for(lambda: visitor.get("/gereed/").status == 200, f"{service} is found again", seconds=60)


STORY: dict[str, Callable[[Stack], None]] = {
    "web, worker and beat are up and healthy": healthy,
    "they run as nobody, read-only and without tools": hardened,
    "the demonstration register is loaded": demonstrated,
    "somebody signs in and sees a page with its styles": visited,
    "a letter is built by the worker and downloaded": letter_built,
    "a file is scanned, and a virus found": scanned,
    "what is stopped is missed, and found again": missed,
}


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="mvi-images-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # the portal's user reads its secrets in it
        try:
            told("the programs are there", lambda: bases.complete_machine())
            env = bases.configure(folder)
            told("the images are built", lambda: bases.build(bases.base(), env))
            with standing(folder, env) as stack:
                for step, act in STORY.items():
                    told_of(stack, step, act)
        except ImagesError as error:
            sys.exit(f"FAILED: {error}")
    print(f"{len(STORY)} passed, 0 failed")
    return 0


def told_of(stack: Stack, step: str, act: Callable[[Stack], None]) -> None:
    """With the logs when it fails, since the containers are gone afterwards."""
    try:
        told(step, lambda: act(stack))
    except (ImagesError, AssertionError):
        for service in PORTAL:
            print(f"--- {service}\n{stack.logs(service)[-4000:]}")
        raise


def told(step: str, act: Callable[[], None]) -> None:
    """What was shown, and how long it took."""
    started = time.monotonic()
    act()
    print(f"{step}: {time.monotonic() - started:.1f} s", flush=True)


if __name__ == "__main__":
    sys.exit(main())
