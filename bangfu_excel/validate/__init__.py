"""Typed rows to findings and outcomes."""
