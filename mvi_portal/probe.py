"""Asks one process of the portal how it is, as a container's health check: `python -m mvi_portal.probe web`.

Standard library only and without the settings, since it runs every few seconds. Exit code 0 or 1.
"""

import http.client
import os
import sys
import time
from pathlib import Path

PORT = 8000
SILENCE = {"worker": 30.0, "beat": 100.0}  # seconds; a worker beats every 2, beat rings every 30


def web() -> str:
    """What is wrong, if anything. Asked as the proxy would ask it: for a host that is ours, over https."""
    host = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip().lstrip("*.") or "localhost"
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=4)
    try:
        connection.request("GET", "/gereed/", headers={"Host": host, "X-Forwarded-Proto": "https"})
        answer = connection.getresponse()
        return "" if answer.status == 200 else f"{answer.status} {answer.read(200).decode(errors='replace')}"
    except OSError as error:
        return str(error)
    finally:
        connection.close()


def pulse(name: str) -> str:
    """What is wrong, if anything: how long ago did it give a sign of life (see jobs.pulse)?"""
    try:
        age = time.time() - Path(os.environ["VAR_DIR"], "pulse", name).stat().st_mtime
    except (OSError, KeyError) as error:
        return f"no sign of life: {error}"
    return f"silent for {age:.0f} s" if age > SILENCE[name] else ""


def main(name: str) -> int:
    wrong = web() if name == "web" else pulse(name)
    sys.stdout.write(f"{name}: {wrong or 'goed'}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
