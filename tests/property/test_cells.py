"""Promises 3 and 4: no fault hides another, and nothing is changed without a word."""

import itertools

import pandas as pd
import pytest
from county import COLUMNS, FAULTS, citizen, honest_row
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from small_books import checked, standing, told

from bangfu_excel.core.finding import Severity


def sheet(table, rows):
    """Every column of `table` with its first header, and these rows from A2 on."""
    columns = COLUMNS[table]
    return [[c.alone[0] for c in columns], *([row[c.field] for c in columns] for row in rows)]


def cell(table, field, row):
    return "ABCDEFGHIJ"[[c.field for c in COLUMNS[table]].index(field)] + str(row)


# Promise 3 -----------------------------------------------------------------------------------------------------------

ALONE = [
    f for f in FAULTS if f.table in ("household", "member", "visit") and f.code != "LK01" and f.field != "labour_count"
]


def compatible(one, other):
    return (
        one.table == other.table
        and one.field != other.field
        and one.field != other.against
        and other.field != one.against
    )


PAIRS = [pair for pair in itertools.combinations(ALONE, 2) if compatible(*pair)]


@pytest.mark.parametrize("table", sorted({f.table for f in ALONE}))
def test_two_faults_in_one_row_are_both_found(table):
    rows, expected = [], set()
    for number, pair in enumerate([p for p in PAIRS if p[0].table == table]):
        rows.append(honest_row(table, number) | {f.field: f.value for f in pair})
        expected |= {(cell(table, f.field, number + 2), f.code) for f in pair}
    assert told(checked(表=sheet(table, rows)), Severity.ERROR) == expected


@settings(max_examples=10, phases=[Phase.generate])
@given(st.data())
def test_faults_in_one_column_are_all_found(data):
    """Also where missing values stand between them: a position among the filled cells is no row."""
    field = data.draw(st.sampled_from(sorted({(f.table, f.field) for f in ALONE})))
    choices = [f for f in ALONE if (f.table, f.field) == field]
    drawn = data.draw(st.lists(st.sampled_from([None, "blank", *choices]), min_size=2, max_size=8))
    rows, expected = [], set()
    for number, one in enumerate(drawn):
        row = honest_row(field[0], number)
        if one == "blank" and field[1] in (
            "member_count",
            "cause",
            "phone",
            "net_income",
            "birth_date",
            "gender",
            "mode",
        ):
            row[field[1]] = None
        elif one not in (None, "blank"):
            row[field[1]] = one.value
            expected.add((cell(field[0], field[1], number + 2), one.code))
        rows.append(row)
    assert told(checked(表=sheet(field[0], rows)), Severity.ERROR) == expected


def test_a_hidden_fault_would_be_noticed(monkeypatch):
    """The property can fail: column checks that count among the filled cells name another row's cell."""
    from bangfu_excel.validate import columns

    def by_position(errors, table, wanted):
        for breach in original(errors, table, wanted):
            yield type(breach)(breach.message, breach.at, breach.rows - 1, breach.words, breach.repeats)

    original = columns._breaches
    monkeypatch.setattr(columns, "_breaches", by_position)
    rows = [honest_row("household", 1) | {"phone": None}, honest_row("household", 2) | {"phone": "1380000"}]
    assert (cell("household", "phone", 3), "ID16") not in told(checked(表=sheet("household", rows)))


# Promise 4 -----------------------------------------------------------------------------------------------------------


def wide(text):
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def spaced(text):
    return f" {text[:3]} {text[3:]}　"


READABLE = {
    # field of a table: plain value → other spellings of the same
    ("household", "net_income"): ("12000", ["１２０００", "1.2万元", "12,000元", " 12000 ", "一万二千", "12000元"]),
    ("household", "member_count"): ("4", ["4人", "４", " 4", "四", "四人"]),
    ("household", "cause"): ("因病、因残", ["因病,因残", "因病/因残", "因病；因残", "因病 因残"]),
    ("household", "phone"): ("13800000001", ["１３８００００００01", "138 0000 0001", "138-0000-0001"]),
    ("household", "head_name"): ("王小明", ["王 小 明", "王小明（户主）"]),
    ("member", "relation"): ("配偶", ["妻", "妻子", "丈夫", "老婆"]),
    ("member", "birth_date"): ("1980-03-05", ["1980.3.5", "1980/3/5", "1980年3月5日", "19800305", "１９８０-3-5", "一九八〇年三月五日"]),
    ("visit", "visited_on"): ("2024-03-05", ["2024.3.5", "3月5日", "2024年3月5日", "20240305", "二〇二四年三月五日"]),
    ("visit", "mode"): ("入户", ["上门", "入户走访", "入 户"]),
    ("visit", "visitors"): ("李明、王芳", ["李明，王芳", "李明/王芳", "李明和王芳", "李 明、王芳"]),
}  # fmt: skip
SPELLINGS = [(*key, plain, other) for key, (plain, others) in READABLE.items() for other in others]
NUMBER = citizen(24)
ENDS_IN_X = next(n for n in map(citizen, range(100)) if n.endswith("X"))
SPELLINGS += [("household", "head_id", NUMBER, other) for other in (wide(NUMBER), spaced(NUMBER), f"'{NUMBER}")]
SPELLINGS += [("household", "head_id", ENDS_IN_X, ENDS_IN_X.lower())]


def typed(table, field, value):
    """The typed value of one cell, and the codes of what is said of it, by severity."""
    rows = [honest_row(table, 1), honest_row(table, 2) | {field: value}]
    if field == "birth_date":  # which no number contradicts
        rows[1] |= {"id_number": None}
    if field == "relation":  # of a second member of the first household
        rows[1] |= {"household_id": rows[0]["household_id"], "id_number": None}
    batch = checked(表=sheet(table, rows))
    at = cell(table, field, 3)
    codes = {s: {f.code for f in batch.findings.filter(severity=s) if at in standing(f)} for s in Severity}
    return batch.rows[table].iloc[1][field], codes


@pytest.mark.parametrize(("table", "field", "plain", "other"), SPELLINGS, ids=str)
def test_another_spelling_means_the_same_and_is_noted(table, field, plain, other):
    value, codes = typed(table, field, other)
    expected, plainly = typed(table, field, plain)
    assert value == expected
    assert codes[Severity.INFO] - plainly[Severity.INFO]
    assert codes[Severity.ERROR] == set()


@pytest.mark.parametrize("field", ["head_name", "cause", "village", "phone"])
def test_white_space_at_the_ends_means_nothing(field):
    plain = honest_row("household", 2)[field]
    value, codes = typed("household", field, f" {plain}　")
    assert value == plain
    assert not codes[Severity.ERROR] | codes[Severity.WARNING]


def test_a_number_of_15_digits_becomes_18_and_is_noted():
    value, codes = typed("household", "head_id", NUMBER[:6] + NUMBER[8:17])
    assert value == NUMBER
    assert "ID09" in codes[Severity.INFO]


AMBIGUOUS = [
    ("household", "head_id", 990101195803050019, "ID23"),
    ("household", "net_income", "1.2或1.3万", "NV22"),
    ("household", "net_income", "大概吧", "NV22"),
    ("household", "member_count", "3-4", "NV22"),
    ("household", "member_count", "半", "NV22"),
    ("household", "net_income", "4/约和", "NV22"),
    ("household", "member_count", "3.5", "NV23"),
    ("member", "birth_date", 1980.1, "NV27"),
    ("member", "birth_date", "1980-13-01", "NV28"),
    ("member", "gender", "男女", "HH06"),
    ("visit", "visited_on", "4月11—20日", "NV29"),
    ("visit", "visited_on", 2024.1, "NV27"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "field", "value", "code"), AMBIGUOUS, ids=str)
def test_what_may_mean_two_things_is_an_error_and_no_value(table, field, value, code):
    found, codes = typed(table, field, value)
    assert codes[Severity.ERROR] == {code}
    assert pd.isna(found)


@pytest.mark.parametrize("nothing", [None, "", " ", "　", "—", "/", "无", "-", "\\", "不详"])
@pytest.mark.parametrize("field", ["net_income", "member_count", "labour_count"])
def test_nothing_is_missing_and_never_0(field, nothing):
    found, codes = typed("household", field, nothing)
    assert pd.isna(found)
    assert not codes[Severity.ERROR]


PIECES = st.sampled_from(
    [*"0123456789０１２.,，-—/ 　万千亿元人约余左右到和至一二三四十百%×半多", "不详", "2024", "1.2"]
)
SCRIBBLE = st.lists(PIECES, min_size=1, max_size=6).map("".join)


@settings(max_examples=6, phases=[Phase.generate])
@given(st.lists(SCRIBBLE, min_size=40, max_size=40, unique=True))
def test_whatever_a_number_cell_holds_is_a_number_missing_or_an_error(texts):
    """Never a guess, never silent: a value comes only from a numeral, and only a plain number goes without a word."""
    batch = checked(
        表=sheet("household", [honest_row("household", n) | {"net_income": t} for n, t in enumerate(texts)])
    )
    noted = {place for place, _ in told(batch)}
    values = dict(zip(batch.rows["household"]["_row"], batch.rows["household"]["net_income"], strict=True))
    for row, text in enumerate(texts, start=2):
        value, silent = values.get(row, pd.NA), cell("household", "net_income", row) not in noted
        assert pd.isna(value) or any(c.isnumeric() for c in text)
        if silent and pd.notna(value):
            assert float(text.strip()) == value
        if silent and pd.isna(value):
            assert not text.strip()


def test_a_silent_change_would_be_noticed(monkeypatch):
    """The property can fail: where nothing is noted, a spelling is changed in silence."""
    from bangfu_excel.normalise import stage

    monkeypatch.setattr(stage, "tell", lambda *args: ())
    with pytest.raises(AssertionError):
        test_another_spelling_means_the_same_and_is_noted("household", "net_income", "12000", "1.2万元")
