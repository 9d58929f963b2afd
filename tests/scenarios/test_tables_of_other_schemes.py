"""A table that the scheme does not use, submitted all the same: read, checked, kept, and one notice says so."""

import openpyxl

import bangfu_excel as bf
from bangfu_excel.core.finding import Severity
from bangfu_excel.domain import TABLES

SCHEME = "wenming-danwei"  # units help villages: no leave, no household
LEAVE = """帮扶责任人,帮扶单位,请假种类,开始时间,结束时间,批准人
李明,县水利局,请假,2024-02-01,2024-02-10,县帮扶办
周敏,县水利局,请假,2024-03-10,2024-03-01,县帮扶办
"""
UNITS = "单位名称,单位类型,联络员,联络员电话\n县水利局,国家机关,李明,13900020002\n"


def inbox(tmp_path, **files):
    folder = tmp_path / "报送"
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def run(tmp_path, **files):
    out = tmp_path / "结果"
    return bf.run(inbox(tmp_path, **files), out, scheme=SCHEME, registry=tmp_path / "台账库", as_of="2024-06-30")


def test_it_is_read_checked_and_kept_with_one_notice(tmp_path):
    result = run(tmp_path, 请假=LEAVE, 单位=UNITS)
    (notice,) = [f for f in result.batch.findings if f.code == "RN12"]
    assert (notice.severity, notice.effect, notice.place.file) == (Severity.INFO, "none", "请假.csv")
    assert notice.message == (
        "这份表填的是“请假与免考核”，“文明单位结对帮村”不用这种表；已照常读取、核对并保存，不进入本方案的台账和考核"
    )
    assert [(f.code, f.place.row) for f in result.batch.findings if f.code == "LV01"] == [("LV01", 3)]
    account = result.batch.reconciliation.set_index("file").loc["请假.csv"]
    assert (account["table"], account["accepted"], account["withheld"]) == ("leave", 2, 1)
    assert (tmp_path / "结果" / "data" / "leave.parquet").exists()
    registry = bf.Registry(tmp_path / "台账库")
    assert registry.current("leave")["helper_name"].tolist() == ["李明", "周敏"]


def test_nothing_is_said_where_the_scheme_uses_it(tmp_path):
    assert not [f for f in run(tmp_path, 单位=UNITS).batch.findings if f.code == "RN12"]


def test_every_table_of_a_sheet_that_is_not_used_is_named_in_the_one_notice(tmp_path):
    roster = "乡镇,村,户编号,户主姓名,家庭人口,帮扶责任人,帮扶单位\n青石镇,石桥村,QS1,赵大山,2,李明,县水利局\n"
    result = run(tmp_path, 户=roster)
    (notice,) = [f for f in result.batch.findings if f.code == "RN12"]
    assert "填的是“帮扶对象户”，" in notice.message  # the pairings beside them are used
    assert len(bf.Registry(tmp_path / "台账库").current("pairing")) == 1


def test_rules_between_tables_are_the_schemes_own(tmp_path):
    """Nobody who is on leave need be known where leave is not used."""
    result = run(tmp_path, 请假=LEAVE)
    assert {f.code for f in result.batch.findings if f.severity is Severity.ERROR} <= {"LV01"}


def test_the_general_scheme_takes_every_table():
    assert set(bf.pipeline.scheme("default").tables) == set(TABLES)


def test_the_general_scheme_sends_out_the_forms_of_the_main_job_and_others_on_demand(tmp_path):
    sheets = openpyxl.load_workbook(bf.template("default", tmp_path / "甲")).sheetnames
    assert sheets == ["帮扶对象户", "家庭成员", "结对帮扶", "走访记录", "填表说明"]
    path = bf.template("default", tmp_path / "乙", tables=["leave"])
    assert openpyxl.load_workbook(path).sheetnames == ["请假与免考核", "填表说明"]
