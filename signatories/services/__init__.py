"""The verbs of the register: one function is one intention of a user.

Keyword-only, atomic, recorded with who did it. What is refused raises ValidationError with a Dutch message.
"""

from signatories.services.contacts import erase_contact
from signatories.services.organisations import end_organisation, register_organisation, rename
from signatories.services.representatives import appoint, end_representation
from signatories.services.signatures import sign, withdraw
from signatories.services.successions import confirm_succession, record_succession

__all__ = [
    "appoint",
    "confirm_succession",
    "end_organisation",
    "end_representation",
    "erase_contact",
    "record_succession",
    "register_organisation",
    "rename",
    "sign",
    "withdraw",
]
