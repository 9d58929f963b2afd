"""What is registered, on cards: from the county's rows to sheets that a clerk designed, and nothing half-written."""

import openpyxl
import pytest
from office_county import HOUSEHOLDS, PAIRINGS, registered, save, submitted
from typer.testing import CliRunner

import bangfu_excel as bf
from bangfu_excel import pipeline
from bangfu_excel.cli.app import app
from bangfu_excel.profile import form_files
from bangfu_excel.write.forms import read_form

DAY = "2024-06-30"
SETTINGS = {"表": "帮扶对象户"}


@pytest.fixture(scope="module")
def registry(tmp_path_factory):
    return registered(tmp_path_factory.mktemp("county")).path


def form(path, cells, **settings):
    """A clerk's form: address → text, and what the sheet 设置 says."""
    book = openpyxl.Workbook()
    book.active.title = "卡"
    for place, text in cells.items():
        book.active[place] = text
    said = book.create_sheet("设置")
    for row in (settings or SETTINGS).items():
        said.append(row)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def sheets(path):
    """Name of each sheet → its rows."""
    return {
        sheet.title: [tuple(row) for row in sheet.iter_rows(values_only=True)] for sheet in openpyxl.load_workbook(path)
    }


def written(done, out):
    return sorted(path.relative_to(out).as_posix() for path in done.files)


def test_a_workbook_for_each_township_or_village_named_by_form_area_and_day(registry, tmp_path):
    path = form(tmp_path / "联系卡.xlsx", {"A1": "{{户主姓名}}"})
    done = bf.cards(registry, path, tmp_path / "out", as_of=DAY)
    assert written(done, tmp_path / "out") == ["卡表/清水镇/联系卡_清水镇_2024-06_20240630.xlsx"]
    assert list(sheets(done.files[0])) == ["张建国", "王大山", "冯德福", "王大山(2)"]
    assert done.counts == {"联系卡": 4}
    by_village = bf.cards(
        registry, form(path, {"A1": "{{户主姓名}}"}, 表="帮扶对象户", 分册="村"), tmp_path / "out2", as_of=DAY
    )
    assert written(by_village, tmp_path / "out2") == [
        "卡表/清水镇/枫树村/联系卡_清水镇枫树村_2024-06_20240630.xlsx",
        "卡表/清水镇/石桥村/联系卡_清水镇石桥村_2024-06_20240630.xlsx",
    ]  # fmt: skip


def test_the_household_its_members_helpers_and_visits_stand_on_one_card(registry, tmp_path):
    cells = {
        "A1": "{{户主姓名}}", "B1": "{{帮扶人.姓名}}", "C1": "{{helper.unit}}", "D1": "{{帮扶人.联系电话}}",
        "A2": "{{家庭成员.姓名}}", "B2": "{{家庭成员.与户主关系}}", "A3": "{{走访.走访时间|m月d日}}", "B3": "{{走访.走访人}}",
        "A4": "{{结对.帮扶人.联系电话}}", "B4": "{{结对帮扶.对象.家庭人口数}}", "A5": "{{截止日期}} {{方案}}",
    }  # fmt: skip
    done = bf.cards(registry, form(tmp_path / "卡.xlsx", cells), tmp_path, as_of=DAY)
    rows = sheets(done.files[0])["张建国"]
    assert rows == [
        ("张建国", "李明", "县农业农村局", "13900020002"), ("张建国", "户主", None, None), ("周桂芳", "配偶", None, None),
        ("张小雨", "之女", None, None), ("6月5日", "李明", None, None), ("6月20日", "李明", None, None),
        ("13900020002", 3, None, None), ("2024年6月30日 结对帮扶通用方案", None, None, None),
    ]  # fmt: skip


def test_a_list_for_each_unit_with_a_row_for_each_of_its_pairings(registry, tmp_path):
    cells = {
        "A1": "{{帮扶单位}}",
        "A2": "{{序号}}",
        "B2": "{{结对帮扶.帮扶责任人}}",
        "C2": "{{结对帮扶.对象.户主姓名}}",
        "A3": "共{{结对帮扶.数}}户",
    }
    path = form(tmp_path / "对接表.xlsx", cells, 表="结对帮扶", 每份="帮扶单位", 分册="不分")
    (file,) = bf.cards(registry, path, tmp_path, as_of=DAY).files
    assert sheets(file) == {
        "县农业农村局": [
            ("县农业农村局", None, None),
            (1, "李明", "张建国"),
            (2, "李明", "王大山"),
            ("共2户", None, None),
        ],
        "县教育局": [("县教育局", None, None), (1, "陈芳", "冯德福"), ("共1户", None, None)],
    }


def test_helpers_who_are_called_alike_have_a_list_each(tmp_path):
    pairings = [*PAIRINGS, ("H4", "王大山", "李明", "县农业农村局", "13900020009", "2024-01-10")]
    save(tmp_path / "inbox" / "清水镇.xlsx", ("户", HOUSEHOLDS), ("结对", pairings))
    registry = bf.Registry(tmp_path / "台账库")
    bf.merge(bf.check(tmp_path / "inbox", as_of=DAY, engine="serial"), registry)
    path = form(
        tmp_path / "表.xlsx",
        {"A1": "{{帮扶人电话}}", "A2": "{{结对帮扶.户编号}}"},
        表="结对帮扶",
        每份="帮扶责任人",
        分册="单位",
    )
    found = [sheets(file) for file in bf.cards(registry, path, tmp_path, as_of=DAY).files]
    assert [("13900020002",), ("H1",), ("H2",)] in [rows for one in found for rows in one.values()]
    assert [("13900020009",), ("H4",)] in [rows for one in found for rows in one.values()]


def test_what_a_scheme_publishes_is_masked(registry, tmp_path):
    scheme = tmp_path / "公示.toml"
    scheme.write_text(
        'id = "公示"\ntitle = "公示"\nversion = "1"\ntables = ["household"]\n'
        '[[outputs]]\nid = "card"\nkind = "card"\nform = "公示卡"\nmasked = true\n', encoding="utf-8",
    )  # fmt: skip
    profile = tmp_path / "县"
    form(
        profile / "forms" / "公示卡.xlsx",
        {"A1": "{{户主姓名}}", "B1": "{{户主证件号码}}", "C1": "{{户联系电话}}", "D1": "{{村}}"},
    )
    (file,) = bf.cards(registry, None, tmp_path, scheme=scheme, profile=profile, as_of=DAY).files
    assert sheets(file)["张__"] == [("张**", "990101********3015", "139****0001", "石桥村")]


def test_only_those_that_the_form_wants_in_the_order_that_it_wants(registry, tmp_path):
    path = form(
        tmp_path / "卡.xlsx", {"A1": "{{户编号}}"}, 表="帮扶对象户", 只要="村=石桥村、柳湾村", 排序="家庭人口数"
    )
    (file,) = bf.cards(registry, path, tmp_path, as_of=DAY).files
    assert [rows[0][0] for rows in sheets(file).values()] == ["H2", "H1"]


@pytest.mark.parametrize(("period", "count"), [(None, 3), ("2024-06", 3), ("2024-05", 0)])
def test_of_visits_those_of_the_period(registry, tmp_path, period, count):
    path = form(tmp_path / "表.xlsx", {"A1": "{{走访时间}}"}, 表="走访")
    assert bf.cards(registry, path, tmp_path, as_of=DAY, period=period).counts == {"表": count}


def test_the_same_registry_gives_the_same_bytes(registry, tmp_path):
    first, second = (
        bf.cards(registry, ["一户一档", "职工联系卡"], tmp_path / name, as_of=DAY, profile=None)
        for name in ("甲", "乙")
    )
    assert [path.read_bytes() for path in first.files] == [path.read_bytes() for path in second.files]


def test_a_county_adds_a_column_and_a_card_with_a_line_of_toml_and_a_workbook(registry, tmp_path):
    profile = tmp_path / "县"
    form(profile / "forms" / "林地卡.xlsx", {"A1": "{{户主姓名}}", "B1": "{{林地面积}}", "C1": "{{县名}}"})
    (profile / "county.toml").write_text(
        'county = "云岭县"\n[tables.household.own.forest_mu]\nlabel = "林地面积"\nkind = "area"\n', encoding="utf-8"
    )
    (file,) = bf.cards(registry, "林地卡", tmp_path, as_of=DAY, profile=profile).files
    assert sheets(file)["张建国"] == [("张建国", None, "云岭县")]


def test_nothing_is_written_where_one_form_of_several_is_wrong(registry, tmp_path):
    good, bad = form(tmp_path / "好.xlsx", {"A1": "{{户主姓名}}"}), form(tmp_path / "坏.xlsx", {"C7": "{{户主名子}}"})
    with pytest.raises(bf.ConfigError, match=r"坏.xlsx.*“卡”C7：占位符“户主名子”填不出来"):
        bf.cards(registry, [good, bad], tmp_path / "out", as_of=DAY)
    assert not list((tmp_path / "out").rglob("*.xlsx"))


def test_an_open_workbook_stops_the_run_before_anything_is_written(registry, tmp_path):
    path = form(tmp_path / "卡.xlsx", {"A1": "{{户主姓名}}"}, 表="帮扶对象户", 分册="村")
    first, last = bf.cards(registry, path, tmp_path / "out", as_of=DAY).files
    before = first.read_bytes()
    form(path, {"A1": "{{户主姓名}}同志"}, 表="帮扶对象户", 分册="村")
    last.with_name(f"~${last.name}").touch()
    with pytest.raises(bf.OutputError, match="打开着"):
        bf.cards(registry, path, tmp_path / "out", as_of=DAY)
    assert first.read_bytes() == before
    assert [found.name for found in (tmp_path / "out").iterdir()] == ["卡表"]


def test_an_earlier_run_leaves_no_workbooks_that_the_new_one_does_not_have(registry, tmp_path):
    path = form(tmp_path / "卡.xlsx", {"A1": "{{户主姓名}}"})
    (file,) = bf.cards(registry, path, tmp_path, as_of=DAY).files
    more, other = file.with_stem(f"{file.stem}_2"), file.with_stem(f"{file.stem}_改")
    more.touch(), other.touch()
    bf.cards(registry, path, tmp_path, as_of=DAY)
    assert (more.exists(), other.exists()) == (False, True)


def test_what_waits_to_be_corrected_is_blank_and_counted(tmp_path):
    faulty = [row if row[3] != "H1" else (*row[:7], "1390") for row in HOUSEHOLDS]
    submitted(tmp_path / "inbox", faulty)
    registry = bf.Registry(tmp_path / "台账库")
    bf.merge(bf.check(tmp_path / "inbox", as_of=DAY, engine="serial"), registry)
    done = bf.cards(
        registry, form(tmp_path / "卡.xlsx", {"A1": "{{户主姓名}}", "B1": "{{户联系电话}}"}), tmp_path, as_of=DAY
    )
    assert (done.waiting, sheets(done.files[0])["张建国"]) == (1, [("张建国", None)])


def test_the_command_says_how_many_cards_became_of_each_form(registry, tmp_path):
    path = form(tmp_path / "联系卡.xlsx", {"A1": "{{户主姓名}}"})
    found = CliRunner().invoke(
        app, ["cards", "--form", str(path), "--registry", str(registry), "--as-of", DAY, "-o", str(tmp_path)]
    )
    assert found.output.strip() == f"联系卡4份，1个工作簿；结果在 {tmp_path / '卡表'}"


def test_a_form_is_copied_to_be_redesigned_and_never_over_another(tmp_path):
    arguments = ["cards", "--form", "干部联系卡", "--copy", "-o", str(tmp_path / "forms")]
    assert CliRunner().invoke(app, arguments).output.strip() == str(tmp_path / "forms" / "干部联系卡.xlsx")
    assert (tmp_path / "forms" / "干部联系卡.xlsx").read_bytes() == form_files()["干部联系卡"].read_bytes()
    assert isinstance(CliRunner().invoke(app, arguments).exception, bf.OutputError)


def test_a_county_redesigns_a_card_that_comes_with_the_program(registry, tmp_path):
    profile = tmp_path / "县"
    assert CliRunner().invoke(app, ["init", str(profile)]).exit_code == 0
    redesigned = pipeline.copy_form("干部联系卡", profile / "forms", profile=profile)
    book = openpyxl.load_workbook(redesigned)
    book.worksheets[0]["A1"] = "云岭县连心卡"
    book.save(redesigned)
    given = ["--form", "干部联系卡", "--registry", str(registry), "--profile", str(profile), "--as-of", DAY]
    assert CliRunner().invoke(app, ["cards", *given, "-o", str(tmp_path)]).exit_code == 0
    (file, *_) = sorted((tmp_path / "卡表").rglob("*.xlsx"))
    assert {rows[0][0] for rows in sheets(file).values()} == {"云岭县连心卡"}


def test_a_form_that_is_not_there_is_named_with_the_nearest(registry, tmp_path):
    with pytest.raises(bf.ConfigError, match="没有表样“干部联系表”，是不是“干部联系卡”"):
        bf.cards(registry, "干部联系表", tmp_path, as_of=DAY)


def test_cards_in_an_inbox_are_nobodys_submission(registry, tmp_path):
    path = form(tmp_path / "卡.xlsx", {"A1": "{{户主姓名}}"})
    (file,) = bf.cards(registry, path, tmp_path / "out", as_of=DAY).files
    batch = bf.check(file, as_of=DAY, engine="serial")
    assert [finding.code for finding in batch.findings] == ["RN11"]


@pytest.mark.parametrize("scheme", pipeline.schemes(), ids=lambda scheme: scheme.id)
def test_the_forms_of_a_scheme_name_what_it_collects(scheme):
    for output in scheme.outputs:
        if output.form:
            read_form(form_files()[output.form], pipeline.tables(), scheme.tables, scheme.title)
