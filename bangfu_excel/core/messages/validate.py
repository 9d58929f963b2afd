"""What the validate stage says."""

from __future__ import annotations
