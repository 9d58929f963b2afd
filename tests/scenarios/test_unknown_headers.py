"""A header that nobody knows: offered, never taken; confirmed once, known from then on. What a clerk sees before and after."""

from pathlib import Path

import openpyxl
import pytest

import bangfu_excel as bf
from bangfu_excel.core.kinds.numbering import check_digit
from bangfu_excel.pipeline import confirm_headers, survey_headers
from bangfu_excel.profile import start_profile

NAMES = ["张建国", "王秀英", "孙明亮", "周大勇", "赵大山", "钱守田"]


def identity(number):
    first = f"99010119680512{number:03d}"
    return first + check_digit(first)


@pytest.fixture
def inbox(tmp_path):
    """Writes sheets to inbox/甲.xlsx: name → rows."""

    def write(**sheets):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in sheets.items():
            page = book.create_sheet(name)
            for row in rows:
                page.append(row)
        (tmp_path / "inbox").mkdir(exist_ok=True)
        book.save(tmp_path / "inbox/甲.xlsx")
        return tmp_path / "inbox"

    return write


@pytest.fixture
def county(tmp_path):
    return start_profile(tmp_path / "县")


def check(folder, county=None):
    return bf.check(folder, profile=county, as_of="2024-06-30", engine="serial")


def told(batch, code):
    return [f.message for f in batch.findings if f.code == code]


def confirm(folder, county, **answers):
    """One round of `bangfu headers`: header → the column that the clerk chooses, 是 or 不用."""
    path = Path(county).parent / "表头确认.xlsx"
    survey_headers(folder, path, profile=county, engine="serial")
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    for row in range(4, page.max_row + 1):
        answer = answers.get(page.cell(row, 2).value)
        page.cell(row, 9 if answer in ("是", "不用") else 10).value = answer
    book.save(path)
    confirm_headers(path, county)
    path.unlink()


def test_a_sheet_that_could_not_be_read_is_read_once_its_headers_are_confirmed(inbox, county):
    rows = [("户编号", "当家人", "证件", "急联系号", "几亩地", "鞋码")]
    rows += [(f"H{n}", name, identity(n), f"1390002{n:04d}", 4.5, 42) for n, name in enumerate(NAMES)]
    folder = inbox(户=rows)
    before = check(folder, county)
    assert "household" not in before.tables or before.tables["household"].empty
    assert told(before, "LY04")

    confirm(folder, county, 当家人="户主姓名", 证件="是", 急联系号="是", 几亩地="耕地面积", 鞋码="不用")

    after = check(folder, county)
    rows = after.tables["household"]
    assert rows["head_name"].tolist() == NAMES
    assert rows["head_id"].tolist() == [identity(n) for n in range(6)]
    assert rows["phone"].tolist() == [f"1390002{n:04d}" for n in range(6)]
    assert rows["farmland_mu"].tolist() == [4.5] * 6
    assert not told(after, "LY04")
    assert not told(after, "LY08")  # 鞋码 is not wanted, and no longer listed


def test_what_was_confirmed_holds_for_other_files_and_only_in_that_county(inbox, county, tmp_path):
    confirm(
        inbox(户=[("户编号", "户主姓名", "急联系号"), ("H1", "张建国", "13900020002")]), county, 急联系号="户联系电话"
    )
    folder = inbox(另=[("急联系号", "户主姓名", "户编号"), ("13900020003", "王秀英", "H2")])
    assert check(folder, county).tables["household"]["phone"].tolist() == ["13900020003"]
    assert "phone" not in check(folder).tables["household"].dropna(axis=1, how="all")


def test_likeness_is_offered_and_never_taken(inbox, county):
    folder = inbox(户=[("户编号", "户主姓名", "户联系电活"), ("H1", "张建国", "13900020002")])
    batch = check(folder, county)
    assert "是不是“户联系电话”" in told(batch, "LY08")[0]
    assert batch.tables["household"]["phone"].isna().all()


def test_a_header_under_a_heading_is_confirmed_for_that_heading(inbox, county):
    rows = [
        ("户编号", "家庭情况", None, None),
        (None, "户主姓名", "急联系号", "家庭人口数"),
        ("H1", "张建国", "13900020002", 3),
    ]
    folder = inbox(户=rows)
    confirm(folder, county, 急联系号="户联系电话")
    assert check(folder, county).tables["household"]["phone"].tolist() == ["13900020002"]
    plain = inbox(户=[("户编号", "户主姓名", "急联系号"), ("H1", "张建国", "13900020002")])
    assert told(check(plain, county), "LY08")


def test_a_county_that_edits_nothing_hears_the_same_every_month(inbox, county):
    folder = inbox(户=[("户编号", "户主姓名", "鞋码"), ("H1", "张建国", 42)])
    assert told(check(folder, county), "LY08") == told(check(folder, county), "LY08") != []


# --- M27: values under the wrong header


def test_m27_a_column_under_the_wrong_header_is_one_error_and_its_rows_still_count(inbox):
    rows = [("户编号", "户主姓名", "户联系电话")] + [(f"H{n}", name, identity(n)) for n, name in enumerate(NAMES)]
    batch = check(inbox(户=rows))
    wrong = [f for f in batch.findings if f.place.field == "phone"]
    assert [(f.code, f.place.cell, f.count, f.effect) for f in wrong] == [("LY65", "C1", 6, "field")]
    assert batch.tables["household"]["phone"].isna().all()
    account = batch.reconciliation.iloc[0]
    assert (account["accepted"], account["withheld"], account["returned"]) == (6, 6, 0)


def test_m27_a_table_that_slipped_is_refused_as_a_whole_with_one_error(inbox):
    rows = [("户主姓名", "户主身份证号码", "户联系电话")]
    rows += [(identity(n), f"1390002{n:04d}", name) for n, name in enumerate(NAMES)]
    batch = check(inbox(户=rows))
    assert [f.code for f in batch.findings if f.severity == "error"] == ["LY66"]
    account = batch.reconciliation.iloc[0]
    assert (account["rows"], account["note"], account["status"]) == (7, 7, "skipped")


# --- M28: garbled text


def test_m28_garbled_values_are_pointed_at_with_what_they_must_have_been_and_left_as_they_are(inbox):
    garbled = "在外务工地".encode().decode("gbk", "replace")
    whole = "因病致贫".encode().decode("gbk")
    rows = [
        ("户编号", "户主姓名", "备注"),
        ("H1", "张建国", whole),
        ("H2", "王秀英", garbled),
        ("H3", "孙喆", "在外务工"),
    ]
    batch = check(inbox(户=rows))
    (finding,) = (f for f in batch.findings if f.code == "NV40")
    assert (finding.place.cell, finding.count, finding.related, finding.severity) == ("C2", 2, ("C3",), "warning")
    assert "可能原来是“因病致贫”" in finding.message
    assert batch.tables["household"]["remark"].tolist() == [whole, garbled, "在外务工"]


# --- M29: numbers for labels


def test_m29_numbers_are_read_where_the_sheet_explains_them_and_nowhere_else(inbox):
    explained = [
        ("户编号", "户主姓名", "致贫原因（1.因病 2.因残 3.缺技术）"),
        ("H1", "张建国", 2),
        ("H2", "王秀英", "1、3"),
        ("H3", "孙明亮", 7),
    ]
    batch = check(inbox(户=explained))
    assert batch.tables["household"]["cause"].tolist()[:2] == ["因残", "因病、缺技术"]
    assert [f.place.cell for f in batch.findings if f.code == "HH06"] == ["C4"]
    batch = check(inbox(户=[("户编号", "户主姓名", "致贫原因"), ("H1", "张建国", 2), ("H2", "王秀英", "2:因残")]))
    assert [f.place.cell for f in batch.findings if f.code == "HH06"] == ["C2"]
    assert batch.tables["household"]["cause"].tolist()[1] == "因残"
