"""The verbs of the register: one function is one intention of a user.

Keyword-only, atomic, recorded with who did it. What is refused raises ValidationError with a Dutch message.
"""

from signatories.services.aliases import add_alias, change_alias, remove_alias
from signatories.services.contacts import add_contact, change_contact, check_contact, erase_contact
from signatories.services.documents import add_document, remove_document
from signatories.services.imports import accept_import, discard_import, propose_import
from signatories.services.manifests import (
    correct_extension,
    correct_manifest,
    extend_manifest,
    register_manifest,
    remove_extension,
)
from signatories.services.many import Act, Correction, correct_all, sign_all
from signatories.services.organisations import (
    correct_organisation,
    end_organisation,
    register_organisation,
    rename,
)
from signatories.services.representatives import (
    appoint,
    arrange_stand_in,
    end_representation,
    end_stand_in,
)
from signatories.services.signatures import (
    check_signed_on,
    correct_signature,
    join,
    leave,
    record_signature,
    sign,
    withdraw,
)
from signatories.services.successions import (
    confirm_succession,
    record_event,
    record_succession,
    reopen_succession,
    settle,
)

__all__ = [
    "Act",
    "Correction",
    "accept_import",
    "add_alias",
    "add_contact",
    "add_document",
    "appoint",
    "arrange_stand_in",
    "change_alias",
    "change_contact",
    "check_contact",
    "check_signed_on",
    "confirm_succession",
    "correct_all",
    "correct_extension",
    "correct_manifest",
    "correct_organisation",
    "correct_signature",
    "discard_import",
    "end_organisation",
    "end_representation",
    "end_stand_in",
    "erase_contact",
    "extend_manifest",
    "join",
    "leave",
    "propose_import",
    "record_event",
    "record_signature",
    "record_succession",
    "register_manifest",
    "register_organisation",
    "remove_alias",
    "remove_document",
    "remove_extension",
    "rename",
    "reopen_succession",
    "settle",
    "sign",
    "sign_all",
    "withdraw",
]
