"""Nobody's data is printed with the object that holds it."""

import pandas as pd

from bangfu_excel.core.rows import Rows


def test_rows_are_counted_and_not_shown():
    rows = Rows({"household": pd.DataFrame({"head_name": ["李大山"], "head_id": ["990101197001010018"]})}, ())
    assert repr(rows) == "Rows(household 1)"
