from __future__ import annotations

import pytest

from scripts import check


def test_a_check_that_passes_says_so_in_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert check.passes("arithmetic", ["-c", "print('noise'); assert 1 + 1 == 2"])
    assert capsys.readouterr().out == "arithmetic: ok\n"


def test_a_check_that_fails_shows_why(capsys: pytest.CaptureFixture[str]) -> None:
    assert not check.passes("arithmetic", ["-c", "import sys; print('why'); sys.exit('because')"])
    said = capsys.readouterr().out
    assert said.startswith("arithmetic: FAULTS\n")
    assert "why" in said
    assert "because" in said
