"""What goes along with the letter: the annual report, a page in plain language, and the data."""
