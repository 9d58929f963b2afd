"""Rows that mean a village or a school."""

import small_rows
from link_tables import EVERY
from small_rows import HOUSEHOLDS, column, told

PAIRED = "township village recipient_name recipient_kind helper_name helper_unit"


def sheet(*args, **kwargs):
    return small_rows.sheet(*args, tables=EVERY, **kwargs)


def linked(*regions, known=None):
    return small_rows.linked(*regions, known=known, tables=EVERY)


VILLAGES = sheet("village", "township village", "青石镇 柳溪村", "青石镇 松林村", "白水乡 松林村")


def test_a_village_is_known_by_township_and_name():
    rows, findings = linked(
        HOUSEHOLDS, sheet("pairing", PAIRED, "青石镇 柳溪村委会 - 村 李明 农业局", "青石镇 - 柳溪村 村 李明 农业局")
    )
    assert column(rows, "pairing", "_recipient") == ["青石|柳溪", "青石|柳溪"]
    assert column(rows, "pairing", "_link") == ["exact", "exact"]
    assert findings == ()


def test_a_row_of_the_roster_of_villages_is_its_own_recipient():
    rows, _ = linked(VILLAGES)
    assert column(rows, "village", "_key") == ["青石|柳溪", "青石|松林", "白水|松林"]
    assert column(rows, "village", "_recipient") == column(rows, "village", "_key")


def test_a_village_without_township_is_the_only_one_of_that_name():
    rows, findings = linked(
        VILLAGES, sheet("pairing", PAIRED, "- 柳溪村 - 村 李明 农业局", "- 松林村 - 村 李明 农业局")
    )
    assert column(rows, "pairing", "_recipient") == ["青石|柳溪", None]
    assert told(findings) == [("LK09", "row", "结对帮扶", "B3")]
    assert "白水松林；青石松林" in findings[0].message


def test_a_village_that_the_roster_of_its_township_lacks_is_told():
    rows, findings = linked(
        VILLAGES, sheet("pairing", PAIRED, "青石镇 石桥村 - 村 李明 农业局", "清水镇 石桥村 - 村 李明 农业局")
    )
    assert column(rows, "pairing", "_outcome") == ["returned", "accepted"], "of 清水镇 there is no roster"
    assert told(findings) == [("LK08", "row", "结对帮扶", "B2")]


def test_a_school_is_known_by_its_name_whatever_roster_of_households_there_is():
    rows, findings = linked(
        HOUSEHOLDS,
        sheet("pairing", PAIRED, "青石镇 柳溪村 柳溪小学 学校 李明 实验小学", "青石镇 柳溪村 柳溪小学 - 李明 实验小学"),
    )
    assert column(rows, "pairing", "_recipient") == ["柳溪小学"] * 2
    assert column(rows, "pairing", "_link") == ["by_name"] * 2
    assert findings == ()
