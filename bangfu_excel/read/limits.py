"""How large a submitted file may be before it is refused instead of read: declared in `core`, where a county's settings find it too."""

from bangfu_excel.core.limits import DEFAULT, MB, Limits

__all__ = ["DEFAULT", "MB", "Limits"]
