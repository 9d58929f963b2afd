"""What can go wrong that is nobody's data: the program, its configuration, or where it is asked to work.

    BangfuError
    ├── UsageError          the command or call cannot be carried out as given (exit code 2)
    │   ├── InboxError      INBOX is missing or holds nothing to read
    │   └── OutputError     OUT cannot be written, lies inside INBOX, or a file in it is open elsewhere
    ├── ConfigError         a scheme, profile or template says something that cannot be (exit code 2)
    ├── RegistryError       the registry is not one, is damaged, or does not hold what was asked for
    └── DeclarationError    a table, field, rule or code list is declared wrongly: a bug, found at import

Bad *data* never raises: it is a `Finding`. Every message is one Chinese sentence that says what, where and what to do.
"""

from __future__ import annotations


class BangfuError(Exception):
    """Any error that `bangfu_excel` raises on purpose; `str(error)` is one sentence for the user."""


class UsageError(BangfuError):
    """The command or call cannot be carried out as given."""


class InboxError(UsageError):
    """INBOX is missing or holds nothing to read."""


class OutputError(UsageError):
    """OUT cannot be written, lies inside INBOX, or a file in it is open elsewhere."""


class ConfigError(BangfuError):
    """A scheme, profile or template says something that cannot be."""


class RegistryError(BangfuError):
    """The registry is not one, is damaged, or does not hold what was asked for."""


class DeclarationError(BangfuError):
    """A table, field, rule or code list is declared wrongly: a bug in the program, found at import."""
