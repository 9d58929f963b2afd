"""Promise 8: a blank workbook filled with its fields' own examples is read back with nothing to say about it."""

import datetime as dt
import re
from contextlib import suppress

import openpyxl
import pytest
from small_sheets import raw_sheet

import bangfu_excel as bf
from bangfu_excel.core.finding import Severity
from bangfu_excel.domain import TABLES
from bangfu_excel.headers import match_headers
from bangfu_excel.profile.templates import templates

AS_OF = "2024-12-31"
FIRST = 4  # the row under the header of a blank workbook
JOB = ("household", "member", "pairing", "visit")
SIGNED = "填报单位：青石镇    填报时间：2024年12月31日    填表人：李明"


def as_text(cell, example):
    return example


def as_excel_stores(cell, example):
    """What typing the example into the prepared cell leaves there: text where it is formatted so, else a number or a date."""
    if cell.number_format == "@":
        return example
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", example):
        return dt.date.fromisoformat(example)
    with suppress(ValueError):
        return float(example)
    return example


def fill(path, typed):
    book = openpyxl.load_workbook(path)
    for table in TABLES.values():
        if table.label in book.sheetnames:
            sheet = book[table.label]
            sheet["A2"] = SIGNED
            for column, field in enumerate(table.fields, start=1):
                if field.example:
                    cell = sheet.cell(FIRST, column)
                    cell.value = typed(cell, field.example)
    book.save(path)


SCHEME = f"""id = "everything"
title = "全部报表"
version = "1"
tables = {list(TABLES)}
""".replace("'", '"')


@pytest.fixture(scope="module")
def everything(tmp_path_factory):
    """A scheme that takes every table there is."""
    file = tmp_path_factory.mktemp("方案") / "everything.toml"
    file.write_text(SCHEME, encoding="utf-8")
    return file


def filled_and_checked(folder, typed, scheme="default", **kwargs):
    path = bf.template(scheme, folder, as_of=AS_OF, **kwargs)
    fill(path, typed)
    return bf.check(path, scheme=scheme, as_of=AS_OF, period="2024", engine="serial")


def examples_are_without_fault(batch, names):
    # every skipped sheet has a finding that says why (CONTRACT): that of the blank workbook's own instructions is all
    assert [(f.code, f.place.sheet) for f in batch.findings] == [("LY02", "填表说明")]
    assert {name: len(frame) for name, frame in batch.tables.items()} == dict.fromkeys(names, 1)
    for name in names:
        row = batch.tables[name].iloc[0]
        assert [field.name for field in TABLES[name].fields if field.example and row.isna()[field.name]] == []


@pytest.mark.parametrize("typed", [as_text, as_excel_stores])
def test_the_examples_of_the_job_form_one_household_without_fault(tmp_path, typed):
    examples_are_without_fault(filled_and_checked(tmp_path, typed), JOB)


@pytest.mark.parametrize("typed", [as_text, as_excel_stores])
def test_the_examples_of_all_tables_are_without_fault(tmp_path, everything, typed):
    examples_are_without_fault(filled_and_checked(tmp_path, typed, everything), TABLES)


@pytest.mark.parametrize("plan", sorted(path.stem for path in (templates() / "schemes").glob("*.toml")))
def test_the_examples_of_the_tables_of_every_plan_are_without_fault(tmp_path, plan):
    """As a county runs it that sets the plan's dates: the examples are of 2024."""
    text = (templates() / "schemes" / f"{plan}.toml").read_text(encoding="utf-8")
    scheme = tmp_path / f"{plan}.toml"
    text = re.sub(r"^start = .*$", "start = 2024-01-01", text, flags=re.M)
    scheme.write_text(re.sub(r"^end = .*$", "end = 2024-12-31", text, flags=re.M), encoding="utf-8")
    batch = filled_and_checked(tmp_path, as_text, scheme)
    allowed = (
        {"LY02"} if "household" in batch.tables else {"LY02", "LK05"}
    )  # nobody can look households up in no roster
    assert {f.code for f in batch.findings} <= allowed
    assert {len(frame) for frame in batch.tables.values()} == {1}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_alone_has_nothing_wrong(tmp_path, everything, name):
    batch = filled_and_checked(tmp_path, as_text, everything, tables=[name])
    assert [(f.code, f.message) for f in batch.findings if f.severity is not Severity.INFO] == []
    assert len(batch.tables[name]) == 1


def test_a_blank_workbook_has_no_data(tmp_path, everything):
    path = bf.template(everything, tmp_path, as_of=AS_OF)
    batch = bf.check(path, scheme=everything, as_of=AS_OF, engine="serial")
    assert not any(len(frame) for frame in batch.rows.frames.values())
    assert [f.message for f in batch.findings if f.severity is Severity.ERROR] == []
    assert {f.place.sheet for f in batch.findings if f.code == "LY15"} == {table.label for table in TABLES.values()}


def headed(table, changed, header):
    """A sheet of `table` with every column, that of field `changed` headed `header`, and one row of examples."""
    headers = [header if f.name == changed else f.label for f in table.fields]
    return raw_sheet("表", [headers, [f.example for f in table.fields]])


def mapped(table, field, header):
    regions, _ = match_headers("甲.xlsx", headed(table, field.name, header), tuple(TABLES.values()))
    parts = [part for region in regions for part in region.parts if part.table == table.name]
    at = table.names.index(field.name)
    return [column.field for part in parts for column in part.columns if column.index == at]


@pytest.mark.parametrize("name", TABLES)
def test_every_header_of_a_field_means_it_beside_the_other_columns(name):
    table = TABLES[name]
    wrong = {
        (field.name, header): found
        for field in table.fields
        for header in field.headers
        if (found := mapped(table, field, header)) != [field.name]
    }
    assert wrong == {}


def test_the_keystone_can_break(tmp_path):
    """An example that is no longer coherent with the others is found."""
    batch = filled_and_checked(tmp_path, lambda cell, example: "女" if example == "男" else example)
    assert {"ID11"} <= {f.code for f in batch.findings}
