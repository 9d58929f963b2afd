"""Places that a clerk takes for the same compare equal."""

import pytest

from bangfu_excel.core.places import group_key, place_key


@pytest.mark.parametrize("written", ["柳溪村", "柳溪村委会", "柳溪村民委员会", "柳 溪 村", "柳溪"])
def test_a_village_is_one_however_its_committee_is_named(written):
    assert place_key(written) == "柳溪"


@pytest.mark.parametrize("written", ["青石镇", "青石镇人民政府", "青石乡", "青石街道办事处"])
def test_a_township_is_one_however_its_government_is_named(written):
    assert place_key(written) == "青石"


def test_a_community_is_not_the_village_of_that_name():
    assert place_key("柳溪社区") == place_key("柳溪居委会") != place_key("柳溪村")


@pytest.mark.parametrize("written", ["3组", "三组", "第三组", "３组", "三村民小组", "第3村民小组", "3"])
def test_a_numbered_group_is_its_number(written):
    assert group_key(written) == "3"


def test_a_named_group_keeps_its_name():
    assert group_key("上湾屯") == "上湾屯"
    assert group_key("十二组") == "12"
