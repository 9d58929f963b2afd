"""冲突裁决.xlsx filled in and saved by LibreOffice, as a workbook and as .ods, says the same, and still offers its choices."""

import datetime as dt
import json
import subprocess

import openpyxl
import pytest
from recalculate import soffice

from bangfu_excel.pipeline.answers import answers_on
from bangfu_excel.read import read_file
from bangfu_excel.write.decision_book import (
    ADOPTED,
    CONFLICTS_TITLE,
    MEANT,
    NAMES_TITLE,
    ConflictRow,
    NameRow,
    SourceCell,
    Undecided,
    write_decisions,
)
from bangfu_excel.write.header_book import HeaderRow

LONG = tuple(f"住房鉴定为{level}级，{'说明' * 60}" for level in "AB")
STATED = [
    ("36000", "38500"),
    ("2024-03", "2024-03-05"),
    ("990101196805123015", "990101196805123023"),
    ("甲,乙", "=1+1"),
    LONG,
]
ANSWERS = ["38500", "2024-03", "990101196805123023", "=1+1", LONG[1]]
HOMES = ("赵大山（户编号QS1，石桥村一组）", "赵大山（户编号QS2，石桥村二组）")


def conflict(texts):
    sources = tuple(SourceCell(text, "清水镇", "户.xlsx“户”C5", "2024-07-01") for text in texts)
    mark = {"table": "household", "key": "0123", "field": "net_income", "stated": sorted(texts)}
    return ConflictRow("帮扶对象户", "赵大山", "收入", sources, texts[0], texts, json.dumps(mark, ensure_ascii=False))


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    mark = json.dumps(
        {"link": {"name": "赵大山"}, "candidates": dict(zip(HOMES, "12", strict=True))}, ensure_ascii=False
    )
    names = (NameRow("走访记录", "青石镇", "赵大山（石桥村）", "走访.csvC2", 2, HOMES, mark),)
    headers = (HeaderRow("visit", "走访记录", "谁的单子", "", "走访.csvG1", 1, "甲", "", "", "{}"),)
    found = Undecided(tuple(map(conflict, STATED)), names, headers, {"visit": ("备注", "走访人")})
    path = write_decisions(found, tmp_path_factory.mktemp("裁决") / "冲突裁决.xlsx", as_of=dt.date(2024, 7, 1))
    book = openpyxl.load_workbook(path)
    for sheet, title, answers in (("数据冲突", ADOPTED, ANSWERS), ("待匹配姓名", MEANT, HOMES[:1])):
        page = book[sheet]
        column = [cell.value for cell in page[3]].index(title) + 1
        for row, text in enumerate(answers, start=4):
            page.cell(row, column).value = text
            page.cell(row, column).data_type = "s"  # what is typed into a cell of texts
    book.save(path)
    return path


@pytest.fixture(scope="module")
def saved(filled, tmp_path_factory):
    """The workbook as LibreOffice saves it: .ods, and .xlsx of that .ods."""
    folder = tmp_path_factory.mktemp("存过")
    ods = converted(filled, "ods", folder)
    return {
        "xlsx": converted(filled, "xlsx", folder / "一"),
        "ods": ods,
        "twice": converted(ods, "xlsx", folder / "二"),
    }


def converted(path, kind, folder):
    user = folder / "libreoffice"
    subprocess.run(
        [soffice(), f"-env:UserInstallation={user.as_uri()}", "--headless", "--norestore",
         "--convert-to", kind, "--outdir", str(folder), str(path)],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    return folder / f"冲突裁决.{kind}"


def answers(path, title, column, needed):
    raw, _ = read_file(path, path.name)
    sheet = next(sheet for sheet in raw.sheets if sheet.cell(0, 0).value == title)
    return [(answer.place, answer.text, answer.mark) for answer in answers_on(path.name, sheet, column, needed)]


@pytest.mark.parametrize("how", ["xlsx", "ods", "twice"])
def test_the_answers_and_the_marks_are_read_back_as_they_were_filled_in(filled, saved, how):
    for title, column, needed in (
        (CONFLICTS_TITLE, ADOPTED, {"stated"}), (NAMES_TITLE, MEANT, {"link"}),
    ):  # fmt: skip
        before = answers(filled, title, column, frozenset(needed))
        assert [text for _, text, _ in before] == (ANSWERS if column == ADOPTED else [HOMES[0]])
        assert answers(saved[how], title, column, frozenset(needed)) == before


ENTRIES = {"数据冲突": ("M4", "M5", "M6", "M7", "M8"), "待匹配姓名": ("G4",), "表头": ("I4", "J4")}


@pytest.mark.parametrize("how", ["xlsx", "twice"])
def test_every_answer_still_has_its_drop_down(filled, saved, how):
    assert drop_downs(saved[how]) == drop_downs(filled)
    kinds = {sheet: {style for _, style in rules} for sheet, rules in drop_downs(filled).items()}
    assert kinds == {"数据冲突": {"warning"}, "待匹配姓名": {"warning"}, "表头": {"stop"}}


@pytest.mark.parametrize("how", ["filled", "xlsx", "twice"])
def test_the_choices_are_the_stated_values(filled, saved, how):
    book = openpyxl.load_workbook({"filled": filled, **saved}[how])
    page = book["数据冲突"]
    assert rule_at(page, "M4").formula1 == '"36000,38500"'
    sheet, cells = rule_at(page, "M8").formula1.replace("$", "").replace("'", "").split("!")
    assert tuple(cell.value for cell in book[sheet][cells][0]) == LONG
    assert book[sheet].sheet_state == "hidden"


def drop_downs(path):
    """Sheet → kind and strictness of what is offered at its answers."""
    book = openpyxl.load_workbook(path)
    rules = {sheet: [rule_at(book[sheet], cell) for cell in cells] for sheet, cells in ENTRIES.items()}
    return {sheet: [(rule.type, rule.errorStyle or "stop") for rule in found] for sheet, found in rules.items()}


def rule_at(page, cell):
    (rule,) = (rule for rule in page.data_validations.dataValidation if cell in rule)
    return rule
