"""表头别名.toml: what a clerk confirmed becomes certain headers; what is written in it wrongly is named."""

import pytest

from bangfu_excel.domain import CODELISTS, RELATIONS, TABLES
from bangfu_excel.errors import ConfigError
from bangfu_excel.profile import ALIASES_FILE, Confirmed, aliases_text, load_profile


@pytest.fixture
def county(tmp_path):
    def load(text: str):
        (tmp_path / ALIASES_FILE).write_text(text, encoding="utf-8")
        return load_profile(tmp_path, TABLES, CODELISTS, RELATIONS)

    return load


def test_a_confirmed_header_is_one_of_the_fields_own(county):
    loaded = county('[tables.household.fields]\nhead_name = ["当家人"]\n')
    assert "当家人" in loaded.tables["household"]["head_name"].headers
    assert loaded.tables["member"] == TABLES["member"]


def test_a_header_that_is_not_wanted_is_remembered_as_such(county):
    assert county('[tables.visit]\nignored = ["里程"]\n').ignored == {"visit": frozenset({"里程"})}


def test_both_files_of_a_county_hold(county, tmp_path):
    (tmp_path / "county.toml").write_text('[tables.household.fields.head_name]\nlabel = "户长"\n', encoding="utf-8")
    field = county('[tables.household.fields]\nhead_name = ["当家人"]\n').tables["household"]["head_name"]
    assert {"户长", "户主姓名", "当家人"} <= set(field.headers)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[tables.houshold]\nignored = ["鞋码"]\n', "没有这张表，是不是“household”"),
        ('[tables.household.fields]\nhead_nam = ["当家人"]\n', "没有这个字段，是不是“head_name”"),
        ('[tables.household]\nignore = ["鞋码"]\n', "不认识这一项，是不是“ignored”"),
        ('[tables.household.fields]\nhead_name = "当家人"\n', "应为列表"),
        ('[tables.household.fields]\nhead_name = ["户联系电话"]\n', "“户联系电话”已经是“户联系电话”的叫法"),
        ('[tables.household.fields]\nhead_name = ["当家人"]\nphone = ["当家人"]\n', "“当家人”已经是“户主姓名”的叫法"),
        ('[tables.household]\nignored = ["当家人"]\n[tables.household.fields]\nhead_name = ["当家人"]\n', "同时又写在 ignored 里"),
        ("[tables.household.fields\n", "写法有误"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_the_file_and_the_key(county, text, said):
    with pytest.raises(ConfigError, match=said) as raised:
        county(text)
    assert ALIASES_FILE in str(raised.value)


def test_what_is_written_is_what_is_read_whatever_stands_in_it(county, tmp_path):
    headers = ["当家人", 'a"b', "反\\斜", "控\x01制", "家庭情况当家人"]
    text = aliases_text(tmp_path, TABLES, [Confirmed("household", header, "head_name") for header in headers])
    assert set(county(text).tables["household"]["head_name"].headers) >= set(headers)


def test_the_file_is_the_same_however_often_and_in_whatever_order_it_is_confirmed(tmp_path):
    decided = [
        Confirmed("visit", "里程", ""),
        Confirmed("household", "当家人", "head_name"),
        Confirmed("household", "鞋码", ""),
    ]
    first = aliases_text(tmp_path, TABLES, decided)
    (tmp_path / ALIASES_FILE).write_text(first, encoding="utf-8")
    assert aliases_text(tmp_path, TABLES, decided[::-1]) == first
    assert aliases_text(tmp_path, TABLES, []) == first


def test_a_later_decision_replaces_an_earlier_one(county, tmp_path):
    county('[tables.household]\nignored = ["当家人"]\n')
    loaded = county(aliases_text(tmp_path, TABLES, [Confirmed("household", "当家人", "head_name")]))
    assert loaded.ignored == {}
    assert "当家人" in loaded.tables["household"]["head_name"].headers


def test_without_the_countys_folder_nothing_is_remembered(tmp_path):
    with pytest.raises(ConfigError, match="bangfu init"):
        aliases_text(tmp_path / "无", TABLES, [])
