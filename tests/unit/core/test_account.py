"""The account of every row: whatever becomes of a row, it counts once."""

import numpy as np
import pandas as pd

from bangfu_excel.core.account import Account, reconciliation, skipped_account
from bangfu_excel.core.rows import Rows

COUNTS = (1, 1, 0, 1, 0, 4)  # title, header, blank, total, note, data


def rows(*records):
    """Records (row of the sheet, outcome, withheld) of one region."""
    frame = pd.DataFrame(records, columns=["_row", "_outcome", "_withheld"]).assign(_region=np.int32(0))
    return Rows({"visit": frame}, ())


def line(counted):
    return reconciliation([Account("甲.xlsx", "走访", 1, "read", "visit", COUNTS, 0)], counted).iloc[0]


def test_a_line_balances():
    account = line(rows((3, "accepted", ""), (4, "accepted", "phone"), (5, "returned", ""), (6, "duplicate", "")))
    assert account["rows"] == 7 == account[["title", "header", "blank", "total", "note", "data"]].sum()
    assert account[["accepted", "withheld", "returned", "duplicate"]].tolist() == [2, 1, 1, 1]


def test_a_row_that_became_two_records_counts_once_and_is_returned_if_one_of_them_is():
    account = line(rows((3, "accepted", "phone"), (3, "returned", ""), (4, "accepted", ""), (4, "duplicate", "")))
    assert account[["accepted", "withheld", "returned", "duplicate"]].tolist() == [1, 0, 1, 0]


def test_a_skipped_sheet_is_all_notes():
    account = reconciliation([skipped_account("甲.xlsx", "说明", 9)], Rows({}, ())).iloc[0]
    assert (account["rows"], account["note"], account["data"], account["status"]) == (9, 9, 0, "skipped")
