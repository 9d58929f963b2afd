"""Rows and the registry to current tables, conflicts and changes."""
