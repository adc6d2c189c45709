"""Anything that takes longer than a request."""
