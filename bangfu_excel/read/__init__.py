"""Files → sheets as stored: values, types and addresses, whatever the format. Knows nothing of the domain."""

from bangfu_excel.read.limits import DEFAULT, Limits
from bangfu_excel.read.reader import digest, read_file

__all__ = ["DEFAULT", "Limits", "digest", "read_file"]
