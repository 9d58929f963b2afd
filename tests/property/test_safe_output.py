"""Promise 7: text stays text, a township sees its own people only, and nothing personal slips into logs."""

import csv
import io
import logging
import re
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from county import citizen, honest_row
from small_books import AS_OF, write_book
from test_cells import sheet

import bangfu_excel as bf

HOSTILE = [
    '=HYPERLINK("http://x.example","点我")',
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "]]>&amp;<x/>",
    "\u202e反写\u202c",
    "张\U0001f600三",
    "很长" * 16000,
    "_x000D_转义",
    "制表\t符\n换行",
    "{row}{value}",
    "'单引号",
]
CONTROL = ["响铃\x07", "空\x00字", "终止\x1b[31m", "\ufffe\uffff", "半个\x0b行"]


def hostile_rows(table, fields, texts):
    return [honest_row(table, number) | {fields[number % len(fields)]: text} for number, text in enumerate(texts)]


def submit_hostile(folder):
    """An xlsx and a csv in which every text that could do harm stands in some cell of several kinds."""
    texts = [text for text in HOSTILE for _ in range(3)]
    path = write_book(
        folder / "东山乡.xlsx",
        户=sheet("household", hostile_rows("household", ("head_name", "cause", "phone"), texts)),
        走访=sheet("visit", hostile_rows("visit", ("content", "visitors", "head_name"), texts)),
    )
    book = openpyxl.load_workbook(path)
    for page in book:
        for row in page.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    cell.data_type = "s"
    book.save(path)
    with (folder / "西山乡.csv").open("w", encoding="utf-8-sig", newline="") as stream:
        rows = hostile_rows("household", ("head_name", "cause", "household_id"), [*CONTROL, *HOSTILE] * 2)
        csv.writer(stream).writerows(sheet("household", rows))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """What a run writes of hostile submissions."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "inbox").mkdir()
    submit_hostile(folder / "inbox")
    bf.run(folder / "inbox", folder / "out", registry=folder / "registry", as_of=AS_OF, engine="serial")
    return folder / "out"


def workbooks(out):
    return sorted(out.rglob("*.xlsx"))


def test_every_workbook_opens_and_no_submitted_text_became_a_formula(hostile):
    assert len(workbooks(hostile)) > 5
    for path in workbooks(hostile):
        for page in openpyxl.load_workbook(path):
            for row in page.iter_rows():
                for cell in row:
                    if cell.data_type == "f":
                        assert not any(mark in str(cell.value) for mark in ("x.example", "cmd|", "1+1", "@SUM")), path


def test_no_link_leads_outside(hostile):
    for path in workbooks(hostile):
        with zipfile.ZipFile(path) as package:
            for name in package.namelist():
                targets = re.findall(rb'Target="([^"]*)" TargetMode="External"', package.read(name))
                assert [t for t in targets if b":" in t] == [], (path, name)


def test_no_cell_of_a_csv_begins_like_a_formula(hostile):
    for path in sorted(hostile.rglob("*.csv")):
        text = path.read_text(encoding="utf-8-sig")
        for line in csv.reader(io.StringIO(text, newline="")):
            assert [cell for cell in line if cell[:1] in ("=", "+", "-", "@", "\t", "\r")] == [], path


def test_texts_for_chats_hold_no_control_characters(hostile):
    for path in sorted(hostile.rglob("*.txt")):
        text = path.read_text(encoding="utf-8-sig")
        assert all(c.isprintable() or c in "\r\n" for c in text), path


# A township sees its own people only ----------------------------------------------------------------------------------

SECRET = {"east": ("赵秘一", citizen(3001), "13811110001"), "west": ("钱秘二", citizen(3002), "13822220002")}
SHARED = citizen(3003)


def townships(folder):
    """East and west: each with people of its own, and a person, a phone and a helper that stand in both."""
    for place, other, start in (("东山乡", "east", 0), ("西山乡", "west", 50)):
        name, number, phone = SECRET[other]
        households = [honest_row("household", start + n) for n in range(4)]
        households[0] |= {"head_name": name, "head_id": SHARED, "phone": "13800000000"}
        households[1] |= {"head_name": name[:2] + "甲", "head_id": number, "phone": phone, "member_count": 99}
        households[2] |= {"household_id": "SAME01", "head_name": name[:2] + "乙"}
        members = [honest_row("member", start + n) for n in range(3)]
        members[0] |= {"name": name, "id_number": SHARED}
        pairings = [honest_row("pairing", start + n) for n in range(3)]
        pairings[0] |= {"recipient_name": name, "helper_name": "孙公用", "helper_phone": "13900000009"}
        visits = [honest_row("visit", start + n) for n in range(3)]
        visits[0] |= {"household_id": "SAME01", "head_name": name[:2] + "乙", "visited_on": "2024-07-30"}
        visits[1] |= {"household_id": f"HH{50 - start:05d}", "content": f"{name}家里一切都好，已核实"}
        sheets = zip(("户", "成员", "结对", "走访"), (households, members, pairings, visits), strict=True)
        tables = ("household", "member", "pairing", "visit")
        drawn = {label: sheet(table, rows) for (label, rows), table in zip(sheets, tables, strict=True)}
        drawn["户"] = [["填报单位：" + place], *drawn["户"]]
        write_book(folder / f"{place}.xlsx", **drawn)
    return folder


def everything_in(path):
    """All text of a file: of a workbook, of all its parts."""
    if path.suffix != ".xlsx":
        return path.read_text(encoding="utf-8-sig")
    with zipfile.ZipFile(path) as package:
        return "\n".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())


def own_words(folder, place):
    """Names, numbers and phones of the other township that this one did not submit itself."""
    texts = {}
    for path in folder.glob("*.xlsx"):
        values = {
            str(c.value) for page in openpyxl.load_workbook(path) for row in page.iter_rows() for c in row if c.value
        }
        texts[path.stem] = {
            v for v in values if v.startswith(("990101", "138", "139")) or v[:1] in "赵钱孙李周吴郑王冯陈"
        }
    own = texts.pop(place)
    (other,) = texts.values()
    return {v for v in other - own if len(v) < 20 and len(v) > 2}


def leaks(inbox, out, place):
    files = [p for p in (out / "退回").rglob("*") if p.is_file() and place in p.name]
    assert files
    return {(p.name, word) for p in files for word in own_words(inbox, place) if word in everything_in(p)}


@pytest.fixture(scope="module")
def two_townships(tmp_path_factory):
    folder = tmp_path_factory.mktemp("townships")
    inbox = townships(folder / "inbox")
    result = bf.run(inbox, folder / "out", registry=folder / "registry", as_of=AS_OF, engine="serial")
    return inbox, folder / "out", result


@pytest.mark.parametrize("place", ["东山乡", "西山乡"])
def test_a_returned_workbook_holds_nobody_of_another_township(two_townships, place):
    inbox, out, _ = two_townships
    assert len(own_words(inbox, place)) > 15
    assert leaks(inbox, out, place) == set()


def test_a_clash_with_another_township_is_told_without_naming_anybody(two_townships):
    _, out, result = two_townships
    crossing = [f for f in result.batch.findings if any("|" in cell for cell in f.related)]
    assert {f.place.file for f in crossing} == {"东山乡.xlsx", "西山乡.xlsx"}
    assert all(f.told for f in crossing)
    assert "与外镇重复" in everything_in(out / "退回" / "东山乡.xlsx")


def test_a_leak_would_be_noticed(tmp_path, monkeypatch):
    """The property can fail: where the office's words go to the township, the other's people stand in them."""
    from bangfu_excel.pipeline import checking

    original = checking._across

    def outspoken(*args):
        rows, findings = original(*args)
        return rows, tuple(replace(finding, told="") for finding in findings)

    inbox = townships(tmp_path / "inbox")
    monkeypatch.setattr(checking, "_across", outspoken)
    bf.run(inbox, tmp_path / "out", registry=tmp_path / "registry", as_of=AS_OF, engine="serial", until="check")
    assert leaks(inbox, tmp_path / "out", "东山乡")


# Nothing personal in what is printed ----------------------------------------------------------------------------------


def test_reprs_logs_and_exceptions_name_nobody(two_townships, tmp_path, caplog):
    inbox, _, result = two_townships
    registry = bf.Registry(tmp_path / "registry")
    with caplog.at_level(logging.DEBUG):
        merged = bf.merge(result.batch, registry)
    batch = result.batch
    assessed = bf.assess(registry, as_of=AS_OF)
    shown = [
        repr(x)
        for x in (batch, batch.findings, registry, merged, result, assessed, *batch.files, batch.findings.items[0])
    ]
    shown += [x._repr_html_() for x in (batch, batch.findings) if hasattr(x, "_repr_html_")]
    shown += [str(record.getMessage()) for record in caplog.records]
    with pytest.raises(bf.BangfuError) as raised:
        registry.undo("没有这个批次")
    shown += [repr(raised.value), str(raised.value)]
    everybody = own_words(inbox, "东山乡") | own_words(inbox, "西山乡") | {SHARED}
    assert {word for word in everybody for text in shown if word in text} == set()
