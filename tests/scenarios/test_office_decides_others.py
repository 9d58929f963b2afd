"""Children and villages of one name are asked about in 冲突裁决.xlsx just as households are, and the answer is remembered."""

import pytest
from office_answers import answer, questions

import bangfu_excel as bf
from bangfu_excel.core.kinds.numbering import check_digit

CHILDREN = (
    "姓名,证件号码,就读学校,班级,乡镇,村,监护人姓名\n"
    "张小雨,,中心小学,三年级2班,青石镇,柳溪村,张建国\n"
    "张小雨,,中心小学,四年级1班,青石镇,松林村,张大山\n"
)
TALKS = "记录时间,记录种类,记录人,学生姓名,记录内容\n2024-06-05,谈心记录卡,陈晓燕,张小雨,谈学习和家里的情况\n"
FIRST = "张小雨（中心小学，三年级2班，柳溪村）"
VILLAGES = "乡镇,村,总户数,总人口\n青石镇,柳溪村,400,1200\n白水乡,柳溪村,300,900\n"
PAIRED = "帮扶单位,帮扶村,结对时间\n县水利局,柳溪村,2024-01-15\n"


@pytest.fixture
def run(tmp_path):
    """A run over an inbox of these files (name → csv text); what it writes lies in 结果."""

    def once(**files):
        inbox = tmp_path / "报来"
        inbox.mkdir(exist_ok=True)
        for name, text in files.items():
            (inbox / f"{name}.csv").write_text(text, encoding="utf-8-sig")
        out, registry = tmp_path / "结果", tmp_path / "台账库"
        return bf.run(inbox, out, registry=registry, as_of="2024-06-30", engine="serial").batch

    return once


@pytest.fixture
def book(tmp_path):
    return tmp_path / "结果/冲突裁决.xlsx"


@pytest.fixture
def registry(tmp_path):
    return bf.Registry(tmp_path / "台账库")


def codes(batch):
    return {finding.code for finding in batch.findings}


def test_a_child_of_whom_there_are_two_is_asked_about_and_remembered(run, book, registry):
    assert "LK09" in codes(run(儿童=CHILDREN, 谈心=TALKS))
    (asked,) = questions(book, "待匹配姓名")
    assert (asked["报表"], asked["原来的写法"], asked["出现的位置"]) == (
        "日记与记录卡",
        "张小雨",
        "谈心.csvD2",
    )
    assert asked["可能是"].split("\n") == [FIRST, "张小雨（中心小学，四年级1班，松林村）"]

    answer(book, "待匹配姓名", "是哪一户", FIRST)
    decided = bf.decide(book, registry)
    assert (decided.names, decided.left) == (1, 0)
    assert bf.decide(book, registry).repeated == 1

    batch = run()
    assert "LK09" not in codes(batch)
    assert batch.tables["diary"]["_recipient"].tolist() == ["中心小学|3.2|张小雨"]
    assert batch.tables["diary"]["_link"].tolist() == ["confirmed"]
    assert not book.exists()
    registry.undo(decided.batch)
    run()
    assert len(questions(book, "待匹配姓名")) == 1


def test_neither_of_the_children_is_meant(run, book, registry):
    run(儿童=CHILDREN, 谈心=TALKS)
    answer(book, "待匹配姓名", "是哪一户", "都不是")
    bf.decide(book, registry)
    batch = run()
    (told,) = [f for f in batch.findings if f.code == "LK10"]
    assert (told.effect, told.place.cell) == ("row", "D2")
    assert "县办核实过，登记的同名对象都不是" in told.message
    assert not book.exists()


def test_children_of_whom_the_same_is_known_are_numbered(run, book):
    numbers = [first + check_digit(first) for first in ("99010120130418302", "99010120130518304")]
    alike = "".join(f"张小雨,{number},中心小学,三年级2班,青石镇,柳溪村,\n" for number in numbers)
    run(儿童=CHILDREN.splitlines()[0] + "\n" + alike, 谈心=TALKS)
    (asked,) = questions(book, "待匹配姓名")
    assert asked["可能是"].split("\n") == [f"{FIRST}，第1个", f"{FIRST}，第2个"]


def test_a_village_of_two_townships_is_asked_about_and_remembered(run, book, registry):
    assert "LK09" in codes(run(村情=VILLAGES, 结对=PAIRED))
    (asked,) = questions(book, "待匹配姓名")
    assert (asked["原来的写法"], asked["可能是"].split("\n")) == ("柳溪村", ["白水柳溪", "青石柳溪"])
    answer(book, "待匹配姓名", "是哪一户", "青石柳溪")
    bf.decide(book, registry)
    assert run().tables["pairing"]["_recipient"].tolist() == ["青石|柳溪"]


def test_what_is_no_candidate_is_refused(run, book, registry):
    run(儿童=CHILDREN, 谈心=TALKS)
    answer(book, "待匹配姓名", "是哪一户", "张大雨")
    with pytest.raises(bf.UsageError, match="填的不是所列的，请从下拉框里选"):
        bf.decide(book, registry)


HOMES = "乡镇,村,村民组,户编号,户主姓名\n青石镇,石桥村,一组,QS1,赵大山\n白水乡,石桥村,一组,BS1,赵大山\n青石镇,柳溪村,一组,QS2,赵大山\n"
VISITS = "户主姓名,走访人,走访时间,走访内容\n赵大山,李明,2024-06-05,看望慰问并送药上门\n"


def test_households_of_one_name_are_told_apart_by_village_and_township(run, book):
    batch = run(户=HOMES, 走访=VISITS)
    (asked,) = questions(book, "待匹配姓名")
    assert asked["可能是"].split("\n") == [
        "赵大山（户编号BS1，白水乡石桥村一组）", "赵大山（户编号QS1，青石镇石桥村一组）", "赵大山（户编号QS2，青石镇柳溪村一组）",
    ]  # fmt: skip
    (told,) = [f for f in batch.findings if f.code == "LK02"]
    assert "赵大山（石桥村一组）" in told.message
    assert "赵大山（柳溪村一组）" in told.message
