"""What is typed about a mail: how it ended, and perhaps another address."""

from __future__ import annotations

from django import forms


class AgainForm(forms.Form):
    to = forms.EmailField(label="Aan", max_length=254)
