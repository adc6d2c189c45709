"""What is sent on the page of Word."""

from __future__ import annotations

from django import forms

from mvi_portal.core.uploads import DOCX
from mvi_portal.files.fields import UploadField, UploadForm

MOST = 20 * 1024**2


class WordForm(UploadForm, forms.Form):
    """A file that comes back."""

    file = UploadField(label="Word-bestand", kinds=(DOCX,), limit=MOST)
