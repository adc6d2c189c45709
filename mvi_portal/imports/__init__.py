"""Workbooks that come in: sent, tried, looked at, and then taken in."""
