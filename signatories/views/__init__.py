"""The pages of line A, a room for each noun."""

from signatories.views.organisations import OrganisationList, organisation_detail
from signatories.views.signatures import SignatoryList, signature_detail

__all__ = ["OrganisationList", "SignatoryList", "organisation_detail", "signature_detail"]
