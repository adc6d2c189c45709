"""An export of many rows takes the memory of one of few: as the system sees it, in a process of its own."""

from __future__ import annotations

import subprocess
import sys

import pytest

from mvi_portal.core.workbooks import Form

pytestmark = [pytest.mark.slow, pytest.mark.unmeasured]
FEW, MANY = 3_000, 30_000
MOST = 1.3
WRITE = """
import sys
from datetime import date
from tempfile import TemporaryFile

from mvi_portal.core.workbooks import Column, Form, Page, write

form, few, many = Form(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
columns = [Column(f"kolom {number}") for number in range(6)]

def rows(count):
    for number in range(count):
        yield [f"'s-Hertogenbosch {number}", date(2024, 5, 1), number, True, f"tekst {number}", None]

def peak(count):
    with TemporaryFile() as file:
        page = Page("Lijst", columns, rows(count), lambda found: [f"{found} rijen"])
        assert write(file, form, page) == count
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))

print(peak(few), peak(many))
"""


@pytest.mark.parametrize("form", list(Form))
def test_ten_times_the_rows_take_the_same_memory(form: Form) -> None:
    """The peak of the process itself: `ru_maxrss` of a child begins at that of who started it."""
    told = subprocess.run(
        [sys.executable, "-c", WRITE, form, str(FEW), str(MANY)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    few, many = map(int, told.stdout.split())
    assert many < MOST * few, f"{few} kB for {FEW} rows, {many} kB for {MANY}"
