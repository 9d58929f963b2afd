"""The tables of the main job, which the default scheme sends out to be filled in."""

from bangfu_excel.domain import TABLES as ALL

TABLES = {name: ALL[name] for name in ("household", "member", "pairing", "visit")}
