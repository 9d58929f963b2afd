"""补报, said of a single row: it only adds, and the rows around it stand for their month."""

import pytest

import bangfu_excel as bf

HEADER = "乡镇,村,组,户编号,户主姓名,走访时间,走访人,走访方式,走访内容"
DAY = "2024-07-31"


def visit(number, day, *more):
    return ",".join(
        ("青石镇", "松树村", "1组", f"QS{number:04d}", "王大山", day, "李明", "入户", "查看住房和饮水", *more)
    )


def check(path, *rows, more="备注", **how):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(["填报单位：青石镇", f"{HEADER},{more}", *rows]), encoding="utf-8-sig")
    return bf.check(path, as_of=DAY, **how)


def adds(batch):
    return batch.tables["visit"]["_adds"].tolist()


@pytest.mark.parametrize(
    "remark",
    [
        "补报",
        "6月补报",
        "补报6月",
        "补报（上月漏报）",
        "2024年6月走访，补报",
        "属补报",
        "补报2024年6月15日的走访记录",
        "增补",
    ],
)
def test_a_remark_says_it(tmp_path, remark):
    batch = check(tmp_path / "七月.csv", visit(1, "2024-07-05", ""), visit(2, "2024-06-15", remark))
    assert adds(batch) == [False, True]
    (told,) = [f for f in batch.findings if f.code == "MG13"]
    assert (told.place.row, told.count) == (4, 1)
    assert "第4行自己写着是补报，这1行按补报处理" in told.message


@pytest.mark.parametrize(
    "remark", ["照片待补报", "不是补报", "请补报照片", "资料下月补报齐", "补报照片", "参加补充保险", "尚未补报"]
)
def test_a_remark_about_something_else_does_not(tmp_path, remark):
    assert adds(check(tmp_path / "七月.csv", visit(1, "2024-07-05", remark))) == [False]


@pytest.mark.parametrize(
    ("header", "value", "says"),
    [
        ("是否补报", "是", True), ("是否补报", "否", False), ("补报", "√", True), ("填报类型", "补报", True), ("填报类型", "正常", False),
        ("数据类别", "补报", True), ("是否陪同", "是", False), ("情况说明", "补报", True), ("反映问题", "补报", False),
    ],
)  # fmt: skip
def test_a_column_of_its_own_says_it(tmp_path, header, value, says):
    assert adds(check(tmp_path / "七月.csv", visit(1, "2024-06-05", value), more=header)) == [says]


def test_the_rows_of_a_supplement_are_counted(tmp_path):
    batch = check(tmp_path / "六月补报.csv", visit(1, "2024-06-05", ""), visit(2, "2024-06-06", "补报"))
    assert adds(batch) == [True, True]
    assert [f.message for f in batch.findings if f.code == "MG13"] == [
        "文件名里写着是补报，这2行按补报处理：只增加，不代替以前报的"
    ]


def merged(registry, path, *rows, **more):
    return bf.merge(check(path, *rows, **more), registry)


def test_marked_rows_add_to_their_month_and_the_others_stand_for_theirs(tmp_path):
    registry = bf.Registry(tmp_path / "台账库")
    merged(registry, tmp_path / "1/六月.csv", visit(1, "2024-06-05", ""), visit(2, "2024-06-06", ""))
    merged(registry, tmp_path / "2/七月.csv", visit(1, "2024-07-05", ""), visit(3, "2024-06-15", "补报"))
    assert sorted(registry.current("visit")["visited_on"].dt.strftime("%m-%d")) == ["06-05", "06-06", "06-15", "07-05"]
    merged(registry, tmp_path / "3/七月.csv", visit(1, "2024-07-09", ""))
    assert sorted(registry.current("visit")["visited_on"].dt.strftime("%m-%d")) == ["06-05", "06-06", "06-15", "07-09"]


def test_a_file_that_only_adds_now_is_another_submission(tmp_path):
    registry, rows = bf.Registry(tmp_path / "台账库"), [visit(1, "2024-06-05", "")]
    first = merged(registry, tmp_path / "六月.csv", *rows)
    assert merged(registry, tmp_path / "六月.csv", *rows).batch_id == ""
    again = merged(registry, tmp_path / "六月.csv", *rows, supplement=True)
    assert (bool(first.batch_id), bool(again.batch_id)) == (True, True)
    assert [one.supplement for one in registry.state.standing] == [True]


def test_the_day_of_receipt_is_not_the_day_of_a_visit(tmp_path):
    check(tmp_path / "in/七月.csv", visit(1, "2024-07-05", ""))
    bf.run(tmp_path / "in", tmp_path / "out", registry=tmp_path / "台账库", as_of=DAY, received="2024-08-02")
    registry = bf.Registry(tmp_path / "台账库")
    assert registry.batches()["received"].dt.strftime("%Y-%m-%d").tolist() == ["2024-08-02"]
    with pytest.raises(bf.UsageError, match="收件日期“八月二日”写法不对"):
        bf.run(tmp_path / "in", tmp_path / "out", registry=tmp_path / "台账库", as_of=DAY, received="八月二日")
