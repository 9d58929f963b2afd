"""Every rule and relation that is on, of whatever table, has an inbox in which it is heard, whichever file holds it."""

import importlib
from pathlib import Path

from bangfu_excel.domain import RELATIONS, TABLES

FILES = sorted(Path(__file__).parent.glob("test_every_rule*_fires.py"))
INBOXES = ("CASES", "AGAINST_REGISTERED", "UNDER_A_PLAN")


def test_no_rule_of_any_table_is_unheard():
    modules = [importlib.import_module(file.stem) for file in FILES]
    heard = {told for module in modules for name in INBOXES for told in getattr(module, name, {})}
    declared = {(t.name, r.code, r.at[0]) for t in TABLES.values() for r in t.rules if r.enabled}
    declared |= {(r.on, r.code, r.at[0]) for r in RELATIONS if r.enabled}
    assert declared == heard
