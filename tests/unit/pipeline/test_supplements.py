"""补报: said by the call, a file's name, a sheet's name, title or metadata; never taken from a value."""

import openpyxl
import pytest
from small_inbox_files import HEADER, households, id_number

import bangfu_excel as bf

DAY = "2024-06-30"


def book(path, sheets):
    """sheets: name → (title, first household's number); two households each."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, (title, first) in sheets.items():
        sheet = made.create_sheet(name)
        if title:
            sheet.append((title,))
        sheet.append(HEADER)
        for n in (first, first + 1):
            sheet.append(("清水镇", "松树村", "1组", f"QS{n:04d}", "王李张刘陈杨"[n % 6] + "大山", id_number(n), 3, 1))
    path.parent.mkdir(parents=True, exist_ok=True)
    made.save(path)
    return path


def supplement_of(path, **how):
    batch = bf.check(path, as_of=DAY, **how)
    told = [f.message for f in batch.findings if f.code == "MG13"]
    sheets = batch.tables["household"].groupby("_sheet", sort=False)["_adds"]
    assert (sheets.nunique() == 1).all()
    return tuple(sheets.any()[lambda adds: adds].index), told


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("清水镇6月补报.xlsx", ""), ("花名册（补充）.xlsx", ""), ("补报/花名册.xlsx", ""), ("花名册.xlsx", "清水镇帮扶对象花名册（补报）"),
        ("花名册.xlsx", "清水镇帮扶对象增补名单"), ("花名册.xlsx", "清水镇帮扶对象补充登记表"),
    ],
)  # fmt: skip
def test_it_is_said_by_name_or_title(tmp_path, name, title):
    book(tmp_path / name, {"户": (title, 1)})
    sheets, told = supplement_of(tmp_path)
    assert sheets == ("户",)
    assert "只增加，不代替以前报的" in told[0]


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("花名册.xlsx", "清水镇帮扶对象花名册"), ("补充医疗保险对象花名册.xlsx", ""), ("6月花名册（含补报）.xlsx", ""),
        ("花名册.xlsx", "清水镇参加补充养老保险的帮扶对象花名册"),
    ],
)  # fmt: skip
def test_other_words_are_no_supplement(tmp_path, name, title):
    assert supplement_of(book(tmp_path / name, {"户": (title, 1)})) == ((), [])


def test_one_sheet_of_a_file_may_add_and_another_not(tmp_path):
    path = book(tmp_path / "花名册.xlsx", {"七月": ("", 1), "六月补报": ("", 5)})
    sheets, told = supplement_of(path)
    assert sheets == ("六月补报",)
    assert "“六月补报”" in told[0]


def test_it_can_be_said_for_the_whole_run(tmp_path):
    assert supplement_of(book(tmp_path / "花名册.xlsx", {"户": ("", 1)}), supplement=True)[0] == ("户",)


def test_a_run_takes_the_village_anew_unless_it_is_told_that_the_files_only_add(tmp_path):
    for name, first in (("一", 1), ("二", 2)):
        households(tmp_path / name / "花名册.xlsx", first=first, count=2)

    def run(name, **how):
        result = bf.run(tmp_path / name, tmp_path / "out", registry=tmp_path / "台账库", as_of=DAY, **how)
        return result, sorted(bf.Registry(tmp_path / "台账库").current("household")["_key"])

    assert run("一")[1] == ["QS0001", "QS0002"]
    result, current = run("二")
    assert current == ["QS0002", "QS0003"]
    told = [f for f in result.batch.findings if f.code in ("MG10", "PV32")]
    assert [(f.code, f.place.file) for f in told] == [("PV32", "花名册.xlsx")]
    assert "这次没有报" in told[0].message
    assert [f.code for f in result.merge.findings] == ["MG10"]
    assert run("二", supplement=True)[1] == ["QS0001", "QS0002", "QS0003"]
