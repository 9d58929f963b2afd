"""Kinds of value: one file a kind, one stateless instance a kind."""
