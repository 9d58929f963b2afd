"""One township is one submitter, whichever of its offices signs; nobody else is."""

import pytest

from bangfu_excel.core.submitters import named_in, office_key, submitter_key, submitter_now
from bangfu_excel.core.succession import Succession


@pytest.mark.parametrize(
    "written",
    [
        "清水镇", "清水", "清水镇人民政府", "清水镇政府", "清水镇扶贫办", "清水镇扶贫办公室", "清水镇人民政府扶贫开发办公室", "清水镇乡村振兴办",
        "清水镇乡村振兴工作站", "清水镇党政办", "清水镇党政综合办公室", "清水镇党委", "清水镇防返贫专班", "清水镇（盖章）", "清水镇 （公章）",
        "清水镇人民政府盖章", "(盖章)清水镇", "云岭县清水镇", "云岭县清水镇人民政府", "清水镇办公室", "清水镇：",
    ],
)  # fmt: skip
def test_the_offices_of_a_township_speak_for_it(written):
    assert submitter_key(written) == submitter_key("清水镇")


@pytest.mark.parametrize(
    "written",
    [
        "清水镇中心小学", "清水镇卫生院", "清水镇派出所", "清水镇民政办", "云岭县民政局", "云岭县扶贫办", "清水村", "清水村委会", "清水社区",
        "清水镇松树村", "清水河镇", "上清水镇", "清水县", "清水镇供销社", "",
    ],
)  # fmt: skip
def test_others_do_not(written):
    assert submitter_key(written) != submitter_key("清水镇")


def test_streets_and_villages_have_their_own():
    assert (
        len(
            {
                submitter_key(text)
                for text in ("红旗街道", "红旗街道办事处", "红旗街道办", "红旗街道党政办", "红旗街道党工委")
            }
        )
        == 1
    )
    assert len({submitter_key(text) for text in ("清水村", "清水村委会", "清水村村委会", "清水村村民委员会")}) == 1
    assert submitter_key("清水镇松树村") == submitter_key("清水镇松树村村委会") != submitter_key("松树村")


@pytest.mark.parametrize(
    "written",
    ["清水镇扶贫办", "清水村村委会", "清水镇松树村", "云岭县民政局", "清水社区居委会", "清水镇中心小学", "红旗街道"],
)
def test_the_form_is_its_own_form(written):
    assert submitter_key(submitter_key(written)) == submitter_key(written)


def test_a_unit_that_was_renamed_is_the_one_of_before():
    reform = Succession.of({"云岭县扶贫办": "云岭县乡村振兴局"})
    assert submitter_now("云岭县扶贫办（盖章）", reform) == submitter_now("云岭县乡村振兴局", reform)
    assert submitter_now("云岭县民政局", reform) == submitter_key("云岭县民政局")


@pytest.mark.parametrize(
    ("county", "written"),
    [
        ("云岭县", ["水利局", "县水利局", "云岭县水利局", "云岭县 水利局（盖章）"]), ("云岭", ["水利局", "县水利局", "云岭县水利局"]),
        ("云岭市", ["市场监管局", "云岭市市场监管局"]), ("云岭县", ["县委组织部", "云岭县委组织部"]), ("", ["水利局", "水利局（公章）"]),
    ],
)  # fmt: skip
def test_an_office_of_the_county_is_one_with_and_without_its_name(county, written):
    assert len({office_key(text, county) for text in written}) == 1


@pytest.mark.parametrize(
    ("county", "one", "other"),
    [
        ("云岭县", "云岭县水利局", "清江县水利局"), ("云岭县", "水利局", "市水利局"), ("云岭县", "云岭县", "云岭镇"),
        ("", "水利局", "云岭县水利局"), ("云岭县", "县供销社", "供电局"),
    ],
)  # fmt: skip
def test_offices_of_others_are_others(county, one, other):
    assert office_key(one, county) != office_key(other, county)


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("云岭乡/家庭成员.xlsx", "云岭乡"),
        ("六月.zip!清水镇/户.xlsx", "清水镇"),
        ("六月/户.xlsx", ""),
        ("云岭乡转清水镇/户.xlsx", ""),  # whose it is nobody can tell
    ],
)
def test_a_path_names_the_township_of_its_file(path, named):
    assert named_in(path, ["云岭乡", "清水镇"]) == named
