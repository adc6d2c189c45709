"""Stored files: parked when they come in, scanned, kept beside a row, and answered."""
