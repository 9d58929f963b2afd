"""Mapped regions to typed rows."""
