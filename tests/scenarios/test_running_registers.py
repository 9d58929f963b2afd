"""A running register: each month's file says what has become of some records; the others stay as they were."""

import bangfu_excel as bf

HEADER = "乡镇,村,问题描述,发现时间,责任单位,责任人,完成时限,进度,办结时间\n"
OPEN = "清水镇,石桥村,{what},2024-03-{day},县水利局,李明,2024-05-31,办理中,\n"
MARCH = (
    HEADER
    + OPEN.format(what="水渠渗漏", day="05")
    + OPEN.format(what="路灯不亮", day="12")
    + OPEN.format(what="垃圾清运", day="20")
)
APRIL = HEADER + "清水镇,石桥村,路灯不亮,2024-03-12,县水利局,李明,2024-05-31,已办结,2024-04-18\n"


def take(registry, folder, text, month, day):
    folder.mkdir()
    (folder / "清水镇民情台账.csv").write_text(text, encoding="utf-8")
    batch = bf.check(folder, as_of=day, period=month, registry=registry)
    return bf.merge(batch, registry)


def test_what_a_later_file_does_not_name_stands_as_it_was(tmp_path):
    registry = bf.Registry(tmp_path / "台账库")
    take(registry, tmp_path / "三月", MARCH, "2024-03", "2024-03-31")
    merged = take(registry, tmp_path / "四月", APRIL, "2024-04", "2024-04-30")
    now = registry.current("problem").set_index("description")["status"]
    assert sorted(now.index) == ["垃圾清运", "水渠渗漏", "路灯不亮"]
    assert (now["路灯不亮"], now["水渠渗漏"]) == ("已办结", "办理中")
    assert (merged.changed["problem"], merged.removed["problem"]) == (1, 0)


def test_undoing_the_later_file_opens_the_problem_again(tmp_path):
    registry = bf.Registry(tmp_path / "台账库")
    take(registry, tmp_path / "三月", MARCH, "2024-03", "2024-03-31")
    merged = take(registry, tmp_path / "四月", APRIL, "2024-04", "2024-04-30")
    registry.undo(merged.batch_id)
    assert set(registry.current("problem")["status"]) == {"办理中"}
