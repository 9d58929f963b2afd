"""What the normalise stage says."""

from __future__ import annotations
