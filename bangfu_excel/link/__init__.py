"""Finds out who is meant: the household and the helpers of every row, with the evidence; never chooses between two."""

from bangfu_excel.link.photos import PhotoLinks, link_photos
from bangfu_excel.link.stage import link

__all__ = ["PhotoLinks", "link", "link_photos"]
