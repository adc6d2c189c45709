"""The official TOOI registers of public bodies: read them, plan what changes, apply it.

Reading and planning are pure; only `applying` touches the database, in one transaction.
"""

from signatories.tooi.errors import Problem, RegisterError
from signatories.tooi.importing import Import, import_as, import_registers
from signatories.tooi.nodes import Document
from signatories.tooi.plan import Plan
from signatories.tooi.register import Register, read

__all__ = [
    "Document",
    "Import",
    "Plan",
    "Problem",
    "Register",
    "RegisterError",
    "import_as",
    "import_registers",
    "read",
]
