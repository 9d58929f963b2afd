"""Rows to who is meant: recipients and helpers, with the evidence."""
