"""Line B."""

from tests.access.rows import ALL, READERS, Access
from tests.factories.buyergroups import BuyerGroupFactory

ROWS = [
    Access("buyergroups:group-list", get=ALL),
    Access("buyergroups:group-export", get=ALL),
    Access(
        "buyergroups:group-detail", get=READERS, address=lambda: f"/buyergroups/{BuyerGroupFactory().slug}/"
    ),
]
