"""What a plan asks of helpers and units that nobody else asks: heard under that plan, from files."""

from pathlib import Path

import pytest

import bangfu_excel as bf

PAIRED = "学生姓名,学校,班级,帮扶责任人,帮扶单位,帮扶人电话,结对时间\n张小雨,青石小学,五（1）班,李明,水利局,13900020002,2024-02-01\n"
VILLAGES = "乡镇,村,帮扶单位,是否牵头,结对时间\n青石镇,柳溪村,水利局,是,2024-02-01\n"
MEMBERS = (
    "姓名,单位,职务,政治面貌,手机号\n李明,水利局,股长,中共党员,13900020002\n王芳,水利局,科员,中共党员,13900020003\n"
    "赵六,水利局,科员,群众,13900020004\n钱七,水利局,科员,预备党员,13900020005\n"
)
UNITS = "单位名称,文明单位级别,主管文明办,联络员,联络员电话\n水利局,省级,县文明办,李明,13900020002\n农业局,县级,县文明办,王芳,13900020003\n"

CASES = {
    # (table, code, field) → the plan, its files, what is said and of how many
    ("helper", "PV02", "name"): ("yiduiyi", [PAIRED, MEMBERS], "第3行起应结对的人里有2人还没有结对对象（王芳、钱七）", 2),
    ("unit", "PV02b", "unit"): (
        "wenming-danwei", [VILLAGES, UNITS], "第3行起应帮扶的文明单位里有1个还没有结对（农业局）", 1,
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("told", "plan", "files", "message", "count"),
    [(told, *case) for told, case in CASES.items()],
    ids=["-".join(told) for told in CASES],
)
def test_the_rule_is_heard_under_its_plan_only(told, plan, files, message, count, tmp_path: Path):
    for position, text in enumerate(files):
        (tmp_path / f"{position}.csv").write_text(text, encoding="utf-8-sig")
    (finding,) = [f for f in bf.check(tmp_path, as_of="2024-06-30", scheme=plan).findings if f.code == told[1]]
    assert (finding.place.table, finding.place.field) == (told[0], told[2])
    assert (finding.message, finding.count, str(finding.severity)) == (message, count, "warning")
    other = bf.check(tmp_path, as_of="2024-06-30", scheme="xuexiao-jiedui")
    assert told[1] not in {f.code for f in other.findings}


def test_records_outside_the_programme_are_one_finding_of_their_column(tmp_path: Path):
    rows = "".join(f"柳溪村,赵大{n},李明,2011-0{n}-05,讲解养殖补贴政策第{n}次\n" for n in range(1, 8))
    (tmp_path / "走访.csv").write_text(f"村,户主姓名,走访人,走访时间,走访内容\n{rows}", encoding="utf-8-sig")
    findings = bf.check(tmp_path, as_of="2013-06-30", scheme="xiajiceng").findings
    (told,) = [f for f in findings if f.code == "PV07d"]
    assert (told.place.cell, told.count) == ("D2", 7)
