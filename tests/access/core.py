"""The floor's own pages."""

from tests.access.rows import ALL, Access

FIGURE = "ondertekenaars.gemeenten"

ROWS = [
    Access("core:accessibility", get=ALL, public=True),
    Access("core:definition-list", get=ALL),
    Access("core:definition-export", get=ALL),
    Access("core:definition-detail", get=ALL, address=lambda: f"/definities/{FIGURE}/"),
    Access("core:definition-rows", get=ALL, address=lambda: f"/definities/{FIGURE}/export.csv"),
    Access("core:favicon", get=ALL, public=True),
    Access("demo:components", get=ALL),
    Access("demo:saving", get=None, post=ALL, address=lambda: "/componenten/bewaren/bewaard/"),
    Access("home", get=ALL),
    Access("search", get=ALL),
]
