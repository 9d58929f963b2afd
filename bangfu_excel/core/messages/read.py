"""What the read stage says."""

from __future__ import annotations
