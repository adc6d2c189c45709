"""The pages of line A, a room for each noun."""

from signatories.views.organisations import OrganisationList, organisation_detail
from signatories.views.representatives import RepresentativeList, representative_end, representative_new
from signatories.views.signatures import SignatoryList, signature_detail

__all__ = [
    "OrganisationList",
    "RepresentativeList",
    "SignatoryList",
    "organisation_detail",
    "representative_end",
    "representative_new",
    "signature_detail",
]
