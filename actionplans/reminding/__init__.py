"""Reminders of a plan that is owed: which are due, what they say, and who decides that they go."""
