"""Ledgers are declared in TOML: what they may say, and how a mistake is told."""

from pathlib import Path

import pytest

from bangfu_excel.domain import CODELISTS, DERIVED, RELATIONS, TABLES
from bangfu_excel.errors import ConfigError
from bangfu_excel.profile import load_ledgers, load_profile

PLAIN = """
id = "own"
title = "本县台账"
[[sheets]]
title = "清单"
table = "problem"
columns = ["found_on", "place", "recipient", "description"]
"""


def loaded(folder, *, own="", county=""):
    (folder / "ledgers").mkdir(exist_ok=True)
    if own:
        (folder / "ledgers" / "own.toml").write_text(own, encoding="utf-8")
    (folder / "county.toml").write_text(county, encoding="utf-8")
    return load_ledgers(folder, load_profile(folder, TABLES, CODELISTS, RELATIONS), DERIVED)


def refused(folder, **files):
    with pytest.raises(ConfigError) as error:
        loaded(folder, **files)
    return str(error.value)


def test_the_programs_ledgers_are_sound(tmp_path):
    assert {"household", "pairing", "visit"} <= set(loaded(tmp_path))


def test_a_county_adds_a_ledger_and_replaces_one(tmp_path):
    own = loaded(tmp_path, own=PLAIN)
    assert own["own"].title == "本县台账"
    (tmp_path / "ledgers" / "visit.toml").write_text(
        PLAIN.replace('"own"', '"visit"').replace("本县台账", "入户台账"), encoding="utf-8"
    )
    assert loaded(tmp_path)["visit"].title == "入户台账"


@pytest.mark.parametrize(
    ("wrong", "right", "told"),
    [
        ('table = "problem"', 'table = "problems"', ("sheets[1].table", "problems", "是不是“problem”")),
        ('"found_on"', '"found_at"', ("sheets[1].columns", "found_at", "是不是“found_on”")),
        ('"recipient", ', '"recipient.head_nam", ', ("sheets[1].columns", "是不是“recipient.head_name”")),
        ('title = "清单"', 'titel = "清单"', ("sheets[1].titel", "不认识这一项", "是不是“title”")),
        ('id = "own"', 'id = "mine"', ("“id”", "own", "mine")),
        ('title = "清单"', f'title = "{"长" * 32}"', ("sheets[1].title", "32个字符", "31")),
        ('title = "清单"', 'title = "清单/1"', ("sheets[1].title", "不能有这些字符：/")),
        ('title = "本县台账"', 'title = "本县?台账"', ("“title”", "不能有这些字符：?")),
        ('columns = ["found_on",', 'frozen = "status"\ncolumns = ["found_on",', ("sheets[1].frozen", "不在 columns 里")),
        ('columns = ["found_on",', 'sort = ["-found_onn"]\ncolumns = ["found_on",', ("sheets[1].sort", "found_on")),
        ('columns = ["found_on",', 'where = { status = ["没有的"] }\ncolumns = ["found_on",', ("sheets[1].where.status", "没有的")),
        ('columns = ["found_on", "place", "recipient", "description"]', "", ("sheets[1]", "缺少columns")),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_file_key_and_nearest_name(tmp_path, wrong, right, told):
    assert wrong in PLAIN
    message = refused(tmp_path, own=PLAIN.replace(wrong, right))
    assert "own.toml" in message
    for words in told:
        assert words in message


SUMMED = (
    PLAIN.replace('"description"', '"description", "source"')
    + """
[[sheets]]
kind = "summary"
title = "汇总"
table = "problem"
by = ["source"]
measures = [{ title = "件数", count = true }]
"""
)


def test_a_summary_stands_after_the_list_it_sums_up_and_knows_its_columns(tmp_path):
    assert loaded(tmp_path, own=SUMMED)["own"].sheets[1].by == ("source",)
    unlisted = refused(tmp_path, own=SUMMED.replace('by = ["source"]', 'by = ["status"]'))
    assert "sheets[2].by" in unlisted
    assert "不在“清单”的 columns 里" in unlisted
    assert "sheets[2].by" in refused(
        tmp_path, own=SUMMED.replace('by = ["source"]', 'by = ["area"]').replace('"place", ', "")
    )
    head, first, second = SUMMED.split("[[sheets]]")
    assert "要放在被汇总的清单后面" in refused(tmp_path, own="[[sheets]]".join((head, second, first)))
    assert "sum" in refused(tmp_path, own=SUMMED.replace("count = true", "count = true, sum = 'source'"))


def test_a_county_changes_a_title_and_columns(tmp_path):
    changed = loaded(
        tmp_path, county='[ledgers.visit]\ntitle = "走访记录台账"\nadd = ["photo_count"]\nleave = ["mode"]\n'
    )
    assert changed["visit"].title == "走访记录台账"
    first = changed["visit"].sheets[0]
    assert first.columns[-2:] == ("photo_count", "remark")
    assert "mode" not in first.columns
    assert "mode" in first.hidden


def test_a_change_of_a_column_or_ledger_that_is_not_there_is_refused(tmp_path):
    assert "是不是“visit”" in refused(tmp_path, county='[ledgers.visits]\ntitle = "走访"\n')
    counted = refused(tmp_path, own=SUMMED, county='[ledgers.own]\nleave = ["source"]\n')
    assert "ledgers.own.leave" in counted
    assert "“汇总”要用它汇总" in counted
    message = refused(tmp_path, county='[ledgers.visit]\nadd = ["photo_countt"]\n')
    assert "ledgers.visit.add" in message
    assert "photo_count" in message


def test_what_the_readme_shows_is_a_sound_ledger(tmp_path):
    text = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")
    blocks = [block.split("```")[0] for block in text.split("```toml\n")[1:]]
    county = next(block for block in blocks if "[ledgers.visit]" in block)
    own = next(block for block in blocks if 'id = "wangge"' in block)
    (tmp_path / "ledgers").mkdir()
    (tmp_path / "ledgers" / "wangge.toml").write_text(own, encoding="utf-8")
    found = loaded(tmp_path, county=county)
    assert found["visit"].title == "走访记录台账"
    assert [sheet.kind for sheet in found["wangge"].sheets] == ["list", "summary"]
