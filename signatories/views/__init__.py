"""The pages of line A, a room for each noun."""

from signatories.views.aliases import alias_edit, alias_new, alias_remove
from signatories.views.contact_list import ContactList
from signatories.views.contacts import contact_check, contact_edit, contact_erase, contact_new
from signatories.views.documents import document_download, document_new, document_remove
from signatories.views.imports import (
    import_accept,
    import_detail,
    import_discard,
    import_export,
    import_list,
)
from signatories.views.manifest_lists import ManifestList, SignedAgainList
from signatories.views.manifests import (
    extension_edit,
    extension_new,
    extension_remove,
    manifest_detail,
    manifest_edit,
    manifest_new,
)
from signatories.views.organisation_keeping import organisation_edit, organisation_end, organisation_rename
from signatories.views.organisations import OrganisationList, organisation_detail
from signatories.views.representatives import RepresentativeList, representative_end, representative_new
from signatories.views.signature_keeping import (
    signatory_end,
    signature_edit,
    signature_join,
    signature_new,
    signature_withdraw,
)
from signatories.views.signatures import SignatoryList, signature_detail
from signatories.views.stand_ins import stand_in_end, stand_in_new
from signatories.views.successions import (
    succession_detail,
    succession_export,
    succession_list,
    succession_new,
    succession_reopen,
)

__all__ = [
    "ContactList",
    "ManifestList",
    "OrganisationList",
    "RepresentativeList",
    "SignatoryList",
    "SignedAgainList",
    "alias_edit",
    "alias_new",
    "alias_remove",
    "contact_check",
    "contact_edit",
    "contact_erase",
    "contact_new",
    "document_download",
    "document_new",
    "document_remove",
    "extension_edit",
    "extension_new",
    "extension_remove",
    "import_accept",
    "import_detail",
    "import_discard",
    "import_export",
    "import_list",
    "manifest_detail",
    "manifest_edit",
    "manifest_new",
    "organisation_detail",
    "organisation_edit",
    "organisation_end",
    "organisation_rename",
    "representative_end",
    "representative_new",
    "signatory_end",
    "signature_detail",
    "signature_edit",
    "signature_join",
    "signature_new",
    "signature_withdraw",
    "stand_in_end",
    "stand_in_new",
    "succession_detail",
    "succession_export",
    "succession_list",
    "succession_new",
    "succession_reopen",
]
