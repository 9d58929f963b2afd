"""Finds out who is meant: the household and the helpers of every row, with the evidence; never chooses between two."""

from bangfu_excel.link.asking import ambiguous_references, others_known
from bangfu_excel.link.compare import Matches, match_list
from bangfu_excel.link.differences import Ours, find_differences, still_here, who_is_missing
from bangfu_excel.link.people import as_text, matching_form, registered_people
from bangfu_excel.link.photos import PhotoLinks, link_photos
from bangfu_excel.link.stage import link

__all__ = [
    "Matches", "Ours", "PhotoLinks", "ambiguous_references", "as_text", "find_differences", "link", "link_photos", "match_list", "matching_form",
    "others_known", "registered_people", "still_here", "who_is_missing",
]  # fmt: skip
