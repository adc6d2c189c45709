"""What is typed about line D, a room for each noun."""

from monitoring.forms.progress import EntryForm, RemarkForm, typed

__all__ = ["EntryForm", "RemarkForm", "typed"]
