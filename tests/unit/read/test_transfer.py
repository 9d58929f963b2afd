"""What was read comes out of the pipe as it went in, whatever its columns hold."""

import pickle
import weakref

import numpy as np

from bangfu_excel.core.finding import Place
from bangfu_excel.core.messages import read as say
from bangfu_excel.core.raw import RawColumn, RawSheet, RawWorkbook, empty_column
from bangfu_excel.read.transfer import assembled, pieces


def through(read):
    return assembled(iter([pickle.loads(pickle.dumps(piece, 5)) for piece in pieces(read)]).__next__)


def column(codes, *values):
    return RawColumn(np.array(codes, dtype=np.int32), (None, *values), np.ones(len(values) + 1, dtype=np.uint8))


def parts(column):
    return column.codes.tolist(), column.codes.dtype, column.values, column.types.tolist()


def workbook(*sheets):
    return RawWorkbook("甲.xlsx", "xlsx", tuple(RawSheet(f"表{n}", 8, columns) for n, columns in enumerate(sheets)))


def test_full_sparse_empty_and_repeated_columns_keep_their_places():
    blank, full, sparse = empty_column(8), column([1, 2, 1, 2, 1, 2, 1, 1], "甲", "乙"), column([0] * 7 + [1], "丙")
    sent = workbook((blank, full, blank, sparse, blank), (), (sparse,))
    received, _ = through((sent, ()))
    for before, after in zip(sent.sheets, received.sheets, strict=True):
        assert (after.name, after.height) == (before.name, before.height)
        assert [parts(c) for c in after.columns] == [parts(c) for c in before.columns]


def test_equal_columns_that_are_not_one_stay_two():
    received, _ = through((workbook((column([1], "甲"), column([1], "甲"))), ()))
    assert received.sheets[0].columns[0] is not received.sheets[0].columns[1]


def test_a_refusal_comes_through():
    finding = say.FILE_EMPTY.finding(Place("甲.xlsx"))
    assert through((None, (finding,))) == (None, (finding,))


def test_a_column_is_let_go_of_when_it_was_sent():
    columns = [column([1], "甲"), column([1], "乙")]
    seen = [weakref.ref(c.codes) for c in columns]
    taken = pieces((workbook(tuple(columns)), ()))
    columns.clear()
    next(taken), next(taken), next(taken)
    assert seen[0]() is None
