"""What the headers stage says."""

from __future__ import annotations
