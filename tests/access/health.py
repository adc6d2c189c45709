"""How the portal is, and where to report a hole: for anyone."""

from __future__ import annotations

from tests.access.rows import ALL, Access

ROWS = [
    Access("jobs:alive", get=ALL, public=True),
    Access("jobs:ready", get=ALL, public=True),  # 503 without a worker: it is let in, and says so
    Access("core:security-txt", get=ALL, public=True),
]
