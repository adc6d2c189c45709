"""Line B, strategic use per sector: clients who make one group of products sustainable together."""

from buyergroups.models.groups import BuyerGroup, GroupTheme, Initiator, Sector
from buyergroups.models.outputs import Output
from buyergroups.models.participations import Participation
from buyergroups.models.phases import Phase

__all__ = ["BuyerGroup", "GroupTheme", "Initiator", "Output", "Participation", "Phase", "Sector"]
