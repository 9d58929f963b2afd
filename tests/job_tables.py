"""The tables of the main job: those of the default scheme, among which its sheets are told apart."""

from bangfu_excel.domain import TABLES as ALL

TABLES = {name: ALL[name] for name in ("household", "member", "pairing", "visit")}
