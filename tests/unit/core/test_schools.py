"""Which names of schools mean the same one."""

import pandas as pd
import pytest

from bangfu_excel.core.schools import called_schools, folded_townships, school_key

TOWNSHIPS = ("清溪镇", "石门镇")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("清溪镇清溪学校", "清溪学校", True),
        ("石门镇清溪学校", "清溪学校", True),  # there is one school of that name
        ("清溪镇柳溪小学", "柳溪小学", True),
        ("清溪镇中心小学", "石门镇中心小学", False),
        ("清溪镇小学", "石门镇小学", False),
        ("清溪镇第一中学", "石门镇第一中学", False),
        ("清溪镇九年一贯制学校", "石门镇九年一贯制学校", False),
        ("清溪镇实验幼儿园", "石门镇实验幼儿园", False),
        ("清溪镇民政所", "民政所", False),  # an office of a township is no school
        ("北山镇北山小学", "北山小学", False),  # nothing says that there is such a township
    ],
)
def test_a_school_is_one_with_its_township_before_its_name_or_without(one, other, same):
    assert (school_key(one, TOWNSHIPS) == school_key(other, TOWNSHIPS)) == same


def test_a_school_is_called_as_the_pupils_files_first_have_it():
    tables = {
        "activity": pd.DataFrame({"school": ["清溪镇清溪学校", "石门镇中心小学"]}),
        "child": pd.DataFrame({"township": ["清溪镇", "石门镇", None], "school": ["清溪学校", None, "清溪镇清溪学校"]}),
        "household": pd.DataFrame({"township": ["清溪镇"]}),
    }
    assert folded_townships(tables.values()) == ("清溪镇", "石门镇")
    assert called_schools(tables) == {
        "清溪学校": "清溪学校",
        "清溪镇清溪学校": "清溪学校",
        "石门镇中心小学": "石门镇中心小学",
    }
