"""Coming in and going out."""

from tests.access.rows import ALL, Access

ROWS = [
    Access("login", get=ALL, post=ALL, public=True),
    Access("logout", get=None, post=ALL),
]
