"""The ledgers that come with the program: each is written by some scheme, and can hold something there."""

from __future__ import annotations

import pytest

from bangfu_excel.assess.metrics import METRICS
from bangfu_excel.domain import CODELISTS, DERIVED, RELATIONS, TABLES
from bangfu_excel.profile import Known, load_ledgers, load_profile, load_scheme, scheme_files

PROFILE = load_profile(None, TABLES, CODELISTS, RELATIONS)
LEDGERS = load_ledgers(None, PROFILE, DERIVED)
SCHEMES = {name: load_scheme(name, known=Known.of(PROFILE, METRICS)) for name in scheme_files()}
MOST_COLUMNS = 20
"""So many columns of a list can be read on A3 across, spare ones among them."""


@pytest.mark.parametrize("name", SCHEMES)
def test_every_ledger_of_a_scheme_exists_and_is_of_a_table_that_the_scheme_takes_in(name):
    written = SCHEMES[name].written
    assert set(written) <= set(LEDGERS)
    assert [ledger for ledger in written if LEDGERS[ledger].sheets[0].table not in SCHEMES[name].tables] == []


def test_every_ledger_is_written_by_a_scheme():
    assert set(LEDGERS) - {ledger for scheme in SCHEMES.values() for ledger in scheme.written} == set()


@pytest.mark.parametrize("name", [name for name in SCHEMES if name != "default"])
def test_every_scheme_has_a_short_name_and_a_set_of_its_own(name):
    assert SCHEMES[name].short
    assert set(SCHEMES[name].written) - set(SCHEMES["default"].written)


@pytest.mark.parametrize("ledger", LEDGERS.values(), ids=lambda ledger: ledger.id)
def test_a_list_has_no_more_columns_than_can_be_read(ledger):
    lists = [sheet for sheet in ledger.sheets if sheet.kind == "list"]
    assert [sheet.title for sheet in lists if len(sheet.columns) > MOST_COLUMNS + 4] == []
    assert [sheet.title for sheet in lists if len(sheet.columns) - len(sheet.spare) > MOST_COLUMNS] == []
