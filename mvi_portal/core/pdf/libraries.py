"""WeasyPrint's libraries, loaded by their names alone; to be imported before anything of WeasyPrint's.

It tries the names of every platform in turn, and for each that Linux does not have a compiler and a linker
are asked, a quarter of all that loading takes. The names that Linux has, its loader finds without them;
elsewhere that search is what finds them.
"""

from __future__ import annotations

import ctypes.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def _by_name_alone() -> Iterator[None]:
    search = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None if sys.platform == "linux" else search(name)
    try:
        yield
    finally:
        ctypes.util.find_library = search


with _by_name_alone():
    import weasyprint.text.ffi  # noqa: F401
