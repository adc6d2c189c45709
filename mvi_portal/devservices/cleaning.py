"""Before `make clean`, by any Python, also without .venv: `python -m mvi_portal.devservices.cleaning`."""

import shutil
import sys
from pathlib import Path

from mvi_portal.devservices import servers
from mvi_portal.devservices.places import ROOT, Home, ServicesError
from mvi_portal.devservices.services import stop_leftovers


def clean(root: Path = ROOT) -> None:
    """Stop what an interrupted command left, and remove what lies outside the checkout.

    Raises ServicesError when a command still uses the servers, or they do not stop.
    """
    if not stop_leftovers(root):
        raise ServicesError("another command uses the database (`make demo`?): stop that first")
    home = Home.of(root)
    for data in [*home.folder.glob("postgresql-data-*"), home.folder / "valkey-data"]:
        servers.kill_leftovers(data)  # what does not answer any more would write where nothing is left
    shutil.rmtree(home.spare, ignore_errors=True)


if __name__ == "__main__":
    try:
        clean()
    except ServicesError as error:
        sys.exit(f"clean: {error}")
