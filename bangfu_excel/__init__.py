"""结对帮扶 (paired assistance) workbooks: read, check, merge, ledgers and assessment."""

__version__ = "0.1.0"
