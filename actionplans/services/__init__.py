"""The verbs of line C, a room for each noun: one function is one intention of a user.

Keyword-only, atomic, recorded with who did it. What is refused raises ValidationError with a Dutch message.
"""
