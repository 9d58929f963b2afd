"""What the link stage says."""

from __future__ import annotations
