"""Photographs find the visit that they show by what their names say, or nobody's."""

import pandas as pd
import pytest

from bangfu_excel.link import link_photos

VISITS = pd.DataFrame(
    {
        "visited_on": pd.to_datetime(["2024-03-05", "2024-03-18", "2024-03-05", "2024-03-05", "2024-03-05", None]),
        "village": ["石桥村", "石桥村", "柳溪村", "石桥村", "石桥村", "石桥村"],
        "household_id": ["SQ001", "SQ001", "LX007", "SQ002", "SQ002", "SQ003"],
        "head_name": ["张建国", "张建国", "张建国", "李 明", "李明", "王丽"],
        "_recipient": ["1", "1", "2", "3", "3", "4"],
        "_outcome": ["accepted"] * 6,
    }
)


def shown(name):
    return link_photos(VISITS, [name]).matched.get(name, ())


@pytest.mark.parametrize(
    ("name", "positions"),
    [
        ("石桥村-张建国-2024-03-05.jpg", (0,)),
        ("柳溪村_张建国_20240305(2).JPG", (2,)),
        ("石桥/张建国/2024年3月18日 1.png", (1,)),
        ("照片.zip!石桥村/3月18日/张建国家2.jpg", (1,)),
        ("SQ001 2024.3.18.jpeg", (1,)),
        ("李明.jpg", (3, 4)),  # one household on one day, recorded by two helpers
        ("20240305李明入户.jpg", ()),  # the name does not stand by itself
    ],
)
def test_a_name_tells_the_visit(name, positions):
    assert shown(name) == positions


@pytest.mark.parametrize(
    "name",
    [
        "张建国-2024-03-05.jpg",  # in two villages on that day
        "石桥村-张建国.jpg",  # visited twice
        "石桥村-张建国-2024-04-05.jpg",  # not visited on that day
        "柳溪村-李明-2024-03-05.jpg",  # of another village
        "王丽-2024-03-05.jpg",  # the visit has no date
        "IMG_20240305_101530.jpg",
        "微信图片_20240305.jpg",
        "2024-13-45-李明.jpg",
    ],
)
def test_what_is_not_certain_is_nobodys(name):
    links = link_photos(VISITS, [name])
    assert not links.matched
    assert links.unmatched == (name,)


def test_a_row_that_was_sent_back_gets_no_photograph():
    returned = VISITS.assign(_outcome="returned")
    assert not link_photos(returned, ["石桥村-李明-2024-03-05.jpg"]).matched
