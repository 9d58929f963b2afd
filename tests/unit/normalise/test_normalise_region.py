"""From the cells of a region to typed rows: values, accounts of what was stated, notes and errors at their cells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from bangfu_excel.core import kinds
from bangfu_excel.core.codelist import CodeEntry, CodeList
from bangfu_excel.core.finding import Effect, Finding, Severity
from bangfu_excel.core.raw import CellType, Merge, RawColumn, RawSheet
from bangfu_excel.core.region import Constant, MappedColumn, MappedRegion, RowKind, TablePart, TypedRegion
from bangfu_excel.core.table import Field, Table
from bangfu_excel.normalise import NormaliseSettings, normalise

CAUSES = CodeList("cause", "致贫原因", (CodeEntry("因病"), CodeEntry("缺劳动力", ("缺劳力",))))
TABLE = Table(
    "household",
    "帮扶对象户",
    (
        Field("household_id", "户编号", kinds.KEY),
        Field("village", "村", kinds.PLACE),
        Field("head_name", "户主姓名", kinds.PERSON),
        Field("head_id", "身份证号", kinds.IDENTITY),
        Field("member_count", "家庭人口数", kinds.INTEGER, unit="人"),
        Field("net_income", "家庭纯收入", kinds.MONEY, unit="元"),
        Field("cause", "致贫原因", kinds.CODE, codelist="cause"),
        Field("dibao", "是否低保", kinds.YES_NO),
        Field("identified_on", "识别时间", kinds.DATE),
        Field("remark", "备注", kinds.TEXT),
    ),
    keys=(("household_id",),),
    needs=(("household_id", "head_name"),),
)
SETTINGS = NormaliseSettings({"cause": CAUSES}, 2024, dt.date(2024, 6, 30))
ERROR_CELL = (CellType.ERROR, "#REF!")
FORMULA_CELL = (CellType.FORMULA, "=A1+B1")
_TYPES = {str: CellType.TEXT, float: CellType.NUMBER, int: CellType.NUMBER, bool: CellType.BOOLEAN}


def encode(cells: Sequence[object]) -> RawColumn:
    entries: dict[tuple[CellType, object], int] = {(CellType.EMPTY, None): 0}
    codes = []
    for cell in cells:
        kind, value = cell if isinstance(cell, tuple) else (_TYPES.get(type(cell), CellType.DATE), cell)
        entry = (CellType.EMPTY, None) if value is None else (kind, value)
        codes.append(entries.setdefault(entry, len(entries)))
    values = [value for _, value in entries]
    return RawColumn(np.array(codes, dtype=np.int32), values, np.array([kind for kind, _ in entries], dtype=np.uint8))


def region(
    columns: dict[str, Sequence[object]],
    *,
    units: dict[str, str] | None = None,
    merges: tuple[Merge, ...] = (),
    constants: tuple[Constant, ...] = (),
) -> MappedRegion:
    """A sheet of a title, a header and data rows from Excel's row 3 on; columns from B on."""
    labels = {name: TABLE[name].label for name in columns}
    raws = [encode(["标题", labels[name], *cells]) for name, cells in columns.items()]
    height = max(len(raw.codes) for raw in raws)
    sheet = RawSheet("石桥村", height, (encode([None] * height), *raws), merges=merges)
    row_kinds = np.array([RowKind.TITLE, RowKind.HEADER] + [RowKind.DATA] * (height - 2), dtype=np.uint8)
    mapped = tuple(
        MappedColumn(name, i + 1, labels[name], (units or {}).get(name, "")) for i, name in enumerate(columns)
    )
    return MappedRegion("清水镇.xlsx", sheet, (TablePart("household", mapped, constants),), row_kinds)


def run(columns: dict[str, Sequence[object]], **more: object) -> tuple[TypedRegion, tuple[Finding, ...]]:
    mapped = region(columns, **more)  # type: ignore[arg-type]
    return normalise(mapped, mapped.parts[0], TABLE, SETTINGS)


def told(findings: Sequence[Finding]) -> list[tuple[str, str, int]]:
    return [(f.code, f.place.cell, f.count) for f in findings]


def test_clean_rows_are_typed_and_nothing_is_said() -> None:
    typed, findings = run(
        {
            "household_id": ["GH001", "GH002"], "head_name": ["张三", "李四"], "member_count": [4.0, 3.0],
            "net_income": [12000.5, None], "cause": ["因病", None], "dibao": ["是", "否"],
            "identified_on": [dt.datetime(2014, 3, 5), "2015-01-02"], "remark": [None, "无"],
        }
    )  # fmt: skip
    assert findings == ()
    frame = typed.frame
    assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == {
        "household_id": "str", "head_name": "str", "member_count": "Int64", "net_income": "Float64", "cause": "str",
        "dibao": "boolean", "identified_on": "datetime64[ns]", "remark": "str", "_row": "int64",
    }  # fmt: skip
    assert frame["_row"].tolist() == [3, 4]
    assert frame["member_count"].tolist() == [4, 3]
    assert frame["net_income"].isna().tolist() == [False, True]
    assert frame["dibao"].tolist() == [True, False]
    assert frame["identified_on"].tolist() == [pd.Timestamp(2014, 3, 5), pd.Timestamp(2015, 1, 2)]
    assert frame["remark"].isna().tolist() == [True, False]
    assert isinstance(frame.index, pd.RangeIndex)


def test_every_text_cell_of_a_csv_is_typed_too() -> None:
    typed, findings = run(
        {"member_count": ["4", "12"], "net_income": ["5700.50", "0"], "identified_on": ["2024-03-05", "2024-02-29"]}
    )
    assert findings == ()
    assert typed.frame["member_count"].tolist() == [4, 12]
    assert typed.frame["net_income"].tolist() == [5700.5, 0.0]
    assert typed.frame["identified_on"].tolist() == [pd.Timestamp(2024, 3, 5), pd.Timestamp(2024, 2, 29)]


def test_a_faulty_cell_is_one_error_at_its_address() -> None:
    typed, (finding,) = run({"household_id": ["A1", "A2"], "member_count": [4.0, 3.5]})
    assert (finding.code, finding.severity, finding.effect) == ("NV23", Severity.ERROR, Effect.FIELD)
    assert (finding.place.cell, finding.place.row, finding.place.label, finding.place.value) == (
        "C4",
        4,
        "家庭人口数",
        "3.5",
    )
    assert finding.message == "第4行“家庭人口数”填的是“3.5”，应为整数"
    assert typed.frame["member_count"].isna().tolist() == [False, True]
    assert typed.faulty["member_count"].tolist() == [False, True]
    assert typed.stated["member_count"].tolist() == [True, True]


def test_the_same_fault_in_two_cells_is_told_at_both() -> None:
    _, findings = run({"member_count": ["几个", 2.0, "几个"]})
    assert told(findings) == [("NV22", "B3", 1), ("NV22", "B5", 1)]


def test_error_cells_and_formulas_without_result_are_errors_not_blanks() -> None:
    typed, findings = run({"net_income": [ERROR_CELL, FORMULA_CELL, None]})
    assert sorted(told(findings)) == [("NV20", "B3", 1), ("NV21", "B4", 1)]
    assert typed.faulty["net_income"].tolist() == [True, True, False]
    assert typed.stated["net_income"].tolist() == [True, True, False]


def test_a_column_of_formulas_without_result_is_one_thing() -> None:
    formulas = [(CellType.FORMULA, f"=A{row}+B{row}") for row in range(3, 43)]
    typed, findings = run({"net_income": [*formulas, ERROR_CELL, 5.0]})
    assert sorted(told(findings)) == [("NV20", "B43", 1), ("NV21b", "B3", 40)]
    assert next(f for f in findings if f.code == "NV21b").related[:2] == ("B4", "B5")
    assert typed.faulty["net_income"].tolist() == [True] * 41 + [False]


def test_blank_white_space_and_strokes_state_nothing() -> None:
    typed, findings = run({"net_income": [None, " \u3000", "—", 0.0]})
    assert typed.stated["net_income"].tolist() == [False, False, False, True]
    assert not typed.faulty["net_income"].any()
    assert typed.frame["net_income"].isna().tolist() == [True, True, True, False]
    assert [f.code for f in findings] == ["NV09"]
    assert findings[0].message == "“家庭纯收入”有1处写的是“无”“—”一类，没有当作0，如第5行“—”读作“空白”"


def test_notes_are_grouped_by_column_with_their_cells() -> None:
    _, (finding,) = run({"net_income": ["1.2万元", 3.0, "5700元"]})
    assert (finding.code, finding.severity, finding.effect, finding.count) == ("NV02", Severity.INFO, Effect.NONE, 2)
    assert (finding.place.cell, finding.place.value, finding.related) == ("B3", "1.2万元", ("B5",))
    assert finding.message.endswith("如第3行“1.2万元”读作“12000”")


def test_a_note_lists_at_most_200_further_cells_but_counts_all() -> None:
    _, (finding,) = run({"net_income": [f"{n}元" for n in range(500)]})
    assert (finding.count, len(finding.related)) == (500, 200)


def test_the_unit_of_the_header_is_applied() -> None:
    typed, findings = run({"net_income": [1.2, 1.2, 0.5]}, units={"net_income": "万元"})
    assert typed.frame["net_income"].tolist() == [12000.0, 12000.0, 5000.0]
    assert told(findings) == [("NV02", "B3", 3)]


def test_precision_and_approximation_stand_beside_the_value_only_where_needed() -> None:
    typed, _ = run({"identified_on": ["2024年3月", "2024-03-05", "2024年"], "net_income": ["约8万", 5.0, None]})
    assert typed.frame["identified_on__precision"].fillna("").tolist() == ["month", "", "year"]
    assert typed.frame["net_income__approx"].tolist() == [True, False, False]
    plain, _ = run({"identified_on": ["2024-03-05"], "net_income": [5.0]})
    assert set(plain.frame.columns) == {"identified_on", "net_income", "_row"}


def test_ditto_takes_the_row_above_even_in_a_chain() -> None:
    typed, findings = run({"village": ["石桥村", "同上", "〃", "清泉村"]})
    assert typed.frame["village"].tolist() == ["石桥村", "石桥村", "石桥村", "清泉村"]
    assert typed.stated["village"].all()
    assert told(findings) == [("NV06", "B4", 2)]


def test_ditto_without_anything_above_is_an_error() -> None:
    typed, findings = run({"village": ["同上", "石桥村", None, "同上"]})
    assert told(findings) == [("NV33", "B3", 1), ("NV33", "B6", 1)]
    assert typed.faulty["village"].tolist() == [True, False, False, True]
    assert typed.frame["village"].isna().tolist() == [True, False, True, True]


def test_ditto_is_never_taken_for_a_number_of_a_person() -> None:
    typed, findings = run({"head_id": ["11010519491231002X", "同上"]})
    assert told(findings) == [("NV34", "B4", 1)]
    assert typed.frame["head_id"].isna().tolist() == [False, True]


def test_an_identity_number_stored_as_a_number_is_lost_whatever_its_digits() -> None:
    typed, (finding,) = (
        run({"head_id": [110105194912310032.0, 110105491231002.0]})[0],
        run({"head_id": [110105194912310032.0]})[1],
    )
    assert (finding.code, finding.place.cell) == ("ID23", "B3")
    assert typed.frame["head_id"].fillna("").tolist() == ["", "11010519491231002X"]


def test_a_text_outside_the_code_list_is_kept_for_the_check() -> None:
    typed, findings = run({"cause": ["因懒", "缺劳力", 2.0]})
    assert typed.frame["cause"].tolist() == ["因懒", "缺劳动力", "2"]
    assert told(findings) == [("NV07", "B4", 1)]


def test_a_merged_cell_is_told_of_once_and_by_its_own_address() -> None:
    typed, findings = run(
        {"village": ["石 桥村", "石 桥村", "石 桥村", "清泉村"], "member_count": ["几个", "几个", 2.0, 3.0]},
        merges=(Merge(2, 1, 4, 1), Merge(2, 2, 3, 2)),  # filled down by the headers stage
    )
    assert typed.frame["village"].tolist() == ["石桥村", "石桥村", "石桥村", "清泉村"]
    assert typed.faulty["member_count"].tolist() == [True, True, False, False]
    assert told(findings) == [("NV01", "B3", 1), ("NV22", "C3", 1)]
    assert typed.source.place(5, "village").cell == "B3"
    assert typed.source.place(6, "village").cell == "B6"


def test_what_the_surroundings_say_fills_a_column() -> None:
    typed, _ = run(
        {"household_id": ["A1", "A2"]},
        constants=(Constant("village", "石桥村", "表名"), Constant("household_id", "X", "表名")),
    )
    assert typed.frame["village"].tolist() == ["石桥村", "石桥村"]
    assert typed.frame["household_id"].tolist() == ["A1", "A2"]
    assert typed.stated["village"].all()
    place = typed.source.place(4, "village")
    assert (place.cell, place.label) == ("B4", "")


def test_only_data_rows_become_rows() -> None:
    mapped = region({"household_id": ["A1", None, "合计", "A2"]})
    row_kinds = mapped.kinds.copy()
    row_kinds[[3, 4]] = [RowKind.BLANK, RowKind.TOTAL]
    mapped = MappedRegion(mapped.file, mapped.sheet, mapped.parts, row_kinds)
    typed, findings = normalise(mapped, mapped.parts[0], TABLE, SETTINGS)
    assert typed.frame["_row"].tolist() == [3, 6]
    assert typed.frame["household_id"].tolist() == ["A1", "A2"]
    assert findings == ()


def test_a_region_without_data_rows_is_empty_but_typed() -> None:
    typed, findings = run({"household_id": [], "member_count": [], "identified_on": [], "dibao": []})
    assert len(typed.frame) == 0
    assert str(typed.frame["member_count"].dtype) == "Int64"
    assert str(typed.frame["identified_on"].dtype) == "datetime64[ns]"
    assert findings == ()


CELLS = st.one_of(
    st.none(), st.booleans(), st.floats(allow_nan=False, allow_infinity=False), st.sampled_from([ERROR_CELL, FORMULA_CELL]),
    st.datetimes(dt.datetime(1850, 1, 1), dt.datetime(2300, 1, 1)), st.dates(), st.times(),
    st.sampled_from(["同上", "张 三", "1.2万元", "因病", "缺劳力", "—", " ", "2024.3", "是", "没参加", "约30人", "〃", "3"]), st.text(max_size=6),
)  # fmt: skip


@given(st.lists(st.tuples(*[CELLS] * len(TABLE.fields)), min_size=1, max_size=12))
def test_no_row_is_lost_and_each_cell_is_accounted_for(rows: list[tuple[object, ...]]) -> None:
    columns = {field.name: [row[i] for row in rows] for i, field in enumerate(TABLE.fields)}
    typed, findings = run(columns)
    assert typed.frame["_row"].tolist() == [3 + i for i in range(len(rows))]
    errors = {(f.place.field, f.place.row) for f in findings if f.severity is Severity.ERROR}
    assert len(errors) == sum(1 for f in findings if f.severity is Severity.ERROR)
    for field in TABLE.fields:
        values, stated, faulty = typed.frame[field.name], typed.stated[field.name], typed.faulty[field.name]
        assert str(values.dtype) == field.kind.dtype
        assert {row for name, row in errors if name == field.name} == set((np.flatnonzero(faulty) + 3).tolist())
        assert (values.notna().to_numpy() == (stated & ~faulty)).all()
