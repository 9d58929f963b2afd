"""What the headers stage says."""

from __future__ import annotations

from bangfu_excel.core.finding import Effect, Severity
from bangfu_excel.core.message import Message, Subject

