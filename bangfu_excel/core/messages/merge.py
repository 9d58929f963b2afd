"""What the merge stage says."""

from __future__ import annotations
