"""What the secretariat types to keep the register: each form is one intention."""

from signatories.forms.contacts import ContactForm
from signatories.forms.imports import RegistersForm
from signatories.forms.manifests import ExtensionForm, ManifestForm, NewManifestForm
from signatories.forms.organisations import AliasForm, EndOrganisationForm, OrganisationForm, RenameForm
from signatories.forms.signatures import (
    DocumentForm,
    JoinForm,
    LeaveForm,
    NewSignatureForm,
    SignatureForm,
    WithdrawForm,
)
from signatories.forms.successions import SettleForm, SuccessionForm

__all__ = [
    "AliasForm",
    "ContactForm",
    "DocumentForm",
    "EndOrganisationForm",
    "ExtensionForm",
    "JoinForm",
    "LeaveForm",
    "ManifestForm",
    "NewManifestForm",
    "NewSignatureForm",
    "OrganisationForm",
    "RegistersForm",
    "RenameForm",
    "SettleForm",
    "SignatureForm",
    "SuccessionForm",
    "WithdrawForm",
]
