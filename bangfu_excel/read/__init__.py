"""Bytes to raw sheets: file formats and limits, nothing of the domain."""
