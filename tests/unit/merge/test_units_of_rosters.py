"""The unit that a later roster takes away: a school's children, a unit's helpers, else a village."""

import pandas as pd
import pytest
from invented_rows import Line, batch_of

from bangfu_excel.core import kinds
from bangfu_excel.core.table import Field, Retention, Table
from bangfu_excel.domain import TABLES
from bangfu_excel.merge import Registry, merge
from bangfu_excel.merge.units import LOGS, REGISTERS, UNKNOWN, unit_column

CHILD = Table(
    "child",
    "儿童档案",
    fields=(
        Field("name", "姓名", kinds.PERSON),
        Field("school", "就读学校", kinds.TEXT),
        Field("township", "乡镇", kinds.PLACE),
        Field("village", "村", kinds.PLACE),
    ),
    keys=(("school", "name"),),
    needs=(("name",),),
)


def pupil(name, school="中心小学", village="柳溪村", number=4):
    says = {"name": name, "school": school, "township": "清水镇", "village": village}
    return Line("学校.xlsx", number, says, CHILD, sheet="儿童", key=f"{school}|{name}", recipient=f"{school}|{name}")


def roster(*lines, version="1"):
    return batch_of(lines, version=version, submitter="清水镇")


def test_a_later_roster_takes_the_schools_that_it_has_and_leaves_the_others(tmp_path):
    registry = Registry(tmp_path / "台账库")
    merge(roster(pupil("张小军"), pupil("李小红", number=5), pupil("王小花", "松林小学", number=6)), registry)
    merge(roster(pupil("张小军", village="松林村"), version="2"), registry)
    assert sorted(registry.current("child")["_key"]) == ["中心小学|张小军", "松林小学|王小花"]


@pytest.mark.parametrize(
    ("table", "says", "unit"),
    [
        ("child", {"school": "中心小学", "township": "青石镇", "village": "柳溪村"}, "学校|中心小学"),
        ("child", {"school": None, "township": "青石镇", "village": "柳溪村"}, "青石|柳溪"),
        ("helper", {"unit": "县农业局"}, "单位|县农业局"),
        ("pairing", {"school": "中心小学", "township": "青石镇", "village": "柳溪村"}, "青石|柳溪"),
        ("pairing", {"school": "中心小学", "township": "青石镇", "village": None}, "学校|中心小学"),
        ("document", {"unit": "县农业局"}, ""),
    ],
)
def test_the_unit_of_a_row(table, says, unit):
    frame = pd.DataFrame({name: pd.Series([value], dtype="str") for name, value in says.items()})
    assert unit_column(frame, "", table).tolist() == [unit]


def test_every_log_is_known_with_its_date():
    logs = {table.name: table.dated_by for table in TABLES.values() if table.retention is Retention.LOG}
    assert logs == LOGS


def test_a_record_of_a_running_register_is_of_no_unit():
    assert {table.name for table in TABLES.values() if table.retention is Retention.REGISTER} == REGISTERS
    frame = pd.DataFrame({"township": ["清水镇"], "village": ["石桥村"], "found_on": [pd.Timestamp("2024-03-05")]})
    assert unit_column(frame, "found_on", "problem").tolist() == [UNKNOWN]
