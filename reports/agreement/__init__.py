"""Agreement on a letter: who is asked, on which text they answered, and what changed since."""
