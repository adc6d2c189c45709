"""Reminders: what stands ready, what went, what they say. For the secretariat, and always of today."""

from actionplans.views.reminders.log import ReminderList, reminder_detail
from actionplans.views.reminders.ready import reminder_board
from actionplans.views.reminders.words import reminder_text, reminder_texts

__all__ = ["ReminderList", "reminder_board", "reminder_detail", "reminder_text", "reminder_texts"]
