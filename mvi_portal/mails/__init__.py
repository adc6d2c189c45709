"""The outbox: a mail is made ready once, released, sent once, and what became of it is kept."""
