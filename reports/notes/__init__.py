"""The decision note: its standard sections, what is proposed for them, how it is frozen and what it lacks."""
