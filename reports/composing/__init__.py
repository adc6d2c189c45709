"""Making a letter: what is typed about it, what it can be made of, and by when."""
