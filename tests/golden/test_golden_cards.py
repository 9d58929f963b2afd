"""The forms that come with the program, filled for one coherent invented household, compared with tests/golden/cards/.

After a wanted change: BANGFU_GOLDEN=write python -m pytest tests/golden/test_golden_cards.py, and review the difference.
"""

import datetime as dt
import os
import sys
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[2] / "samples"))

from forms import make
from workbook_text import workbook_text

from bangfu_excel.domain import TABLES
from bangfu_excel.profile import form_files
from bangfu_excel.write.forms import Card, Day, form_jobs, read_form, write_form

EXPECTED = Path(__file__).parent / "cards"
AS_OF = dt.date(2024, 6, 30)
COMMON = {"as_of": Day(AS_OF), "period": "2024年6月", "county": "云岭县", "scheme": "结对帮扶方案", "page": 1, "no": 1}


def example(named, line):
    """What the declaration of the field gives as its example; a list of two has numbers that differ."""
    if named.field is None:
        return COMMON.get(named.name)
    text, dtype = named.field.example, named.field.kind.dtype
    with suppress(ValueError):
        if dtype.startswith("datetime"):
            return Day(dt.date.fromisoformat(text))
        if dtype in ("Int64", "Float64"):
            number = float(text) + line
            return int(number) if number.is_integer() else number
    return text or None


def cards(form):
    """Two cards: one of which everything is known, and one of which nothing is."""
    once = {named.key: example(named, 0) for named in form.wanted if not named.table}
    repeated = {}
    for named in form.wanted:
        if named.table:
            repeated.setdefault(named.table, []).append(named)
    many = {table: [{n.key: example(n, line) for n in shown} for line in (0, 1)] for table, shown in repeated.items()}
    return [Card("张三", once, many), Card("李四", {f"common.{name}": value for name, value in COMMON.items()})]


@pytest.mark.parametrize("name", form_files())
def test_a_form_filled_is_as_reviewed(name, tmp_path):
    form = read_form(form_files()[name], TABLES, tuple(TABLES), "结对帮扶方案")
    (job,) = form_jobs(form, cards(form), tmp_path / f"{name}.xlsx", AS_OF)
    found = workbook_text(write_form(job))
    if os.environ.get("BANGFU_GOLDEN") == "write":
        EXPECTED.mkdir(exist_ok=True)
        (EXPECTED / f"{name}.txt").write_text(found, encoding="utf-8", newline="\n")
    assert found == (EXPECTED / f"{name}.txt").read_text(encoding="utf-8")


def test_there_is_no_golden_without_its_form():
    assert {path.stem for path in EXPECTED.glob("*.txt")} == set(form_files())


def test_the_forms_that_come_with_the_program_are_as_samples_forms_draws_them(tmp_path):
    """A form is changed in samples/forms.py and drawn anew: python samples/forms.py."""
    make(tmp_path)
    drawn = {path.stem: parts(path) for path in tmp_path.glob("*.xlsx")}
    assert drawn == {name: parts(path) for name, path in form_files().items()}


def parts(path):
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}
