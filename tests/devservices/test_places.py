from __future__ import annotations

import os
from pathlib import Path

import pytest

from mvi_portal.devservices.places import Account, Home, ServicesError

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the servers as another user")


def test_the_services_live_in_the_checkout(root: Path) -> None:
    home = Home.of(root).prepare()
    assert home.folder == root / "var" / "services"
    assert home.folder.stat().st_mode & 0o777 == 0o700
    assert home.sockets == home.folder / "run"


def test_a_deep_checkout_has_its_sockets_where_their_path_is_short_enough() -> None:
    home = Home(Path("/srv") / ("x" * 90), account=None)
    assert home.sockets == home.spare / "run"
    assert len(f"{home.sockets}/.s.PGSQL.5432") <= 107


@pytest.mark.parametrize("name", ["met spatie", "aanhaling's", "café", "a,b"])
def test_an_odd_name_does_not_reach_the_servers_configuration(name: str) -> None:
    home = Home(Path("/srv") / name, account=None)
    assert home.sockets.parent == home.spare


def test_two_checkouts_have_different_places() -> None:
    assert Home(Path("/srv/a"), account=None).spare != Home(Path("/srv/b"), account=None).spare


@as_root
def test_root_runs_the_servers_as_another_user() -> None:
    account = Account.of_servers()
    assert account
    assert account.uid > 0


@as_root
def test_a_closed_checkout_has_its_data_elsewhere_and_says_so_once(
    closed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = Home.of(closed).prepare()
    assert home.folder == home.spare / "services"
    assert str(home.spare) in capsys.readouterr().err
    assert Home.of(closed).prepare().folder == home.folder
    assert capsys.readouterr().err == ""


def test_a_folder_that_others_may_enter_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "var" / "services"
    place.mkdir(parents=True)
    place.chmod(0o777)
    with pytest.raises(ServicesError, match="open to others"):
        Home.of(tmp_path).prepare()


@as_root
def test_a_folder_of_another_user_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "var" / "services"
    place.mkdir(parents=True, mode=0o700)
    os.chown(place, 4321, 4321)
    with pytest.raises(ServicesError, match="belongs to another user"):
        Home.of(tmp_path).prepare()
