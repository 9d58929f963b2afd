"""The sheets 参数 and 说明 of the assessment workbook."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass

from bangfu_excel.core.assessment import Assessment
from bangfu_excel.core.metric import Metric
from bangfu_excel.core.scheme import Cadence
from bangfu_excel.core.scoring import SCORING_MODES
from bangfu_excel.write.assessment_levels import PAIRED
from bangfu_excel.write.assessment_scope import Scope, scope_of
from bangfu_excel.write.book import Book, GuardedSheet
from bangfu_excel.write.layout import chinese_date
from bangfu_excel.write.page import A4, set_footer
from bangfu_excel.write.score_places import BONUS_MOST, DOCUMENT, NUMBER_WORDS, TOTAL, Places
from bangfu_excel.write.styles import Styles, Tint
from bangfu_excel.write.widths import text_width

_DATE = "yyyy-mm-dd"
_EPOCH = dt.date(1899, 12, 30)
_CUTOFF = "=IF(DAY(参数_截止日+1)=1,EOMONTH(参数_截止日,-参数_未走访月数),EDATE(参数_截止日,-参数_未走访月数))"
_PER = {"week": "每周", "month": "每月", "quarter": "每季度", "half-year": "每半年", "year": "每年"}
_WIDTHS = (28, 16, 62)


@dataclass(frozen=True)
class _Parameter:
    """A line of 参数; `name` is what formulas call it, what is neither a date nor computed may be tried out."""

    label: str
    value: float | str | dt.date
    said: str
    name: str = ""
    formula: str = ""


def _parameters(a: Assessment) -> tuple[_Parameter, ...]:
    scope = scope_of(a.scheme)
    return (
        _Parameter("统计期起", a.first, "走访从这一天起计；改动须重新生成本工作簿"),
        _Parameter("统计期止", a.last, "走访计到这一天；改动须重新生成本工作簿"),
        _Parameter("截止日", a.day, "按这一天的结对关系判断在结" + ("、未走访" if scope.homes else ""), "参数_截止日"),
        *_limits(a, scope),
        *(_score_parameters(Places(a, a.sheet)) if a.sheet else ()),
        *(
            _Parameter(f"{cadence.title}（次）", cadence.count, _frequency(number, cadence))
            for number, cadence in enumerate(a.scheme.evaluated, start=1)
        ),
    )


def _limits(a: Assessment, scope: Scope) -> Iterator[_Parameter]:
    """From when somebody is unvisited, and from how many pairings on somebody is ranked."""
    reporting, one = a.scheme.reporting, scope.one
    if scope.homes:
        yield _Parameter(
            "未走访月数", reporting.unvisited_months, "连续几个月没有入户算未走访，可改", "参数_未走访月数"
        )
        yield _Parameter("未走访界", a.cutoff, "这一天之后没有入户的算未走访，由上两项算出", "参数_未走访界", _CUTOFF)
    if scope.windows or (a.sheet and set(a.sheet.levels) & set(PAIRED)):
        said = f"结对{one}数少于它的不参加排名，可改"
        yield _Parameter(f"参评{one}数", reporting.rank_from_pairings, said, "参数_参评户数")


def _score_parameters(places: Places) -> tuple[_Parameter, ...]:
    """Every number by which the lines score, and the number of the document that they rest on."""
    assessing = places.sheet.assessing
    found = [
        _Parameter("考核办法文号", assessing.document_number, "录入本县考核办法的文号后评定等次；空着为试算", DOCUMENT),
        _Parameter("满分", assessing.total, "各项得分按可得分值折算到它，可改", TOTAL),
    ]
    if assessing.bonus_most is not None:
        found.append(_Parameter("加分合计至多", assessing.bonus_most, "各项加分加起来不超过它，可改", BONUS_MOST))
    for line in places.sheet.ordered:
        said = f"{SCORING_MODES[line.mode].says}，可改{f'；{line.basis}' if line.basis else ''}"
        found += [
            _Parameter(f"{line.title}：{NUMBER_WORDS[name]}", number, said, places.parameter(line, name))
            for name, number in line.numbers.items()
        ]
    return tuple(found)


def _frequency(number: int, cadence: Cadence) -> str:
    modes = "、".join(cadence.modes) or "任何方式"
    basis = f"；{cadence.basis}" if cadence.basis else ""
    return f"频次{number}：{_PER[cadence.per]}每对结对至少几次，可改（计入方式：{modes}{basis}）"


def write_parameters(book: Book, styles: Styles, a: Assessment) -> None:
    """The numbers that the formulas use, under names; those that may be tried out are tinted."""
    sheet = _page(book, "参数", _WIDTHS, a)
    sheet.merge_range(0, 0, 0, 2, "参数", styles.title())
    for column, word in enumerate(("项目", "数值", "说明")):
        sheet.write_string(1, column, word, styles.header())
    parameters = _parameters(a)
    for row, parameter in enumerate(parameters, start=2):
        _write_parameter(sheet, styles, row, parameter)
        if parameter.name:
            _name(book, row, row, parameter.name)
    first = 2 + len(parameters) - len(a.scheme.evaluated)
    if a.scheme.evaluated:
        _name(book, first, first + len(a.scheme.evaluated) - 1, "参数_次数")


def _write_parameter(sheet: GuardedSheet, styles: Styles, row: int, parameter: _Parameter) -> None:
    sheet.set_row(row, 7 + 15 * math.ceil(text_width(parameter.said) / (_WIDTHS[2] - 2)))
    sheet.write_string(row, 0, parameter.label, styles.body())
    if isinstance(parameter.value, dt.date):
        style = styles.body(_DATE, align="center")
        serial = (parameter.value - _EPOCH).days
        if parameter.formula:
            sheet.write_formula(row, 1, parameter.formula, style, serial)
        else:
            sheet.write_number(row, 1, serial, style)
    elif isinstance(parameter.value, str):
        sheet.write_string(row, 1, parameter.value, styles.body(align="center", wrap=True, tint=Tint.WITHHELD))
    else:
        sheet.write_number(row, 1, parameter.value, styles.body("General", align="center", tint=Tint.WITHHELD))
    sheet.write_string(row, 2, parameter.said, styles.body(wrap=True))


def write_notes(book: Book, styles: Styles, a: Assessment) -> None:
    """How everything is counted, in sentences."""
    sheet = _page(book, "说明", (6, 100), a)
    sheet.merge_range(0, 0, 0, 1, "统计口径说明", styles.title())
    for number, text in enumerate(_sentences(a), start=1):
        sheet.write_number(number, 0, number, styles.note())
        sheet.write_string(number, 1, text, styles.note())
        sheet.set_row(number, 6 + 15 * math.ceil(text_width(text) / 98))


def _said_of_announcements(a: Assessment) -> tuple[str, ...]:
    if a.announced is None or not (a.announced.batch or a.announced.before):
        return ()
    if a.announced.batch:
        return (
            f"本期通报已经印发（批次{a.announced.batch}），本工作簿的走访、结对、帮扶户都是印发时的；"
            "印发以后的增减，列入下一期的补报核减明细。台账不受此限，是台账库现在的数据。",
        )
    return ("已印发的各期不再改动：印发以后补报、更正、撤回的走访，在“补报核减明细”逐条列出，计入本期累计。",)


def _said_of_scores(a: Assessment) -> tuple[str, ...]:
    if a.sheet is None:
        return ("本结果为试算：没有录入本县考核办法及文号之前，只列数据和达标率排名，不评定等次。",)
    assessing = a.sheet.assessing
    graded = (
        "本结果为试算：没有录入本县考核办法的文号（参数表）之前，不评定等次。"
        if assessing.is_trial
        else f"考核办法：{assessing.document_number}。"
    )
    lines = [
        f"考核项“{line.title}”：{SCORING_MODES[line.mode].says}"
        + (
            f"；取“{a.measures[line.of].title}”：{a.measures[line.of].says.rstrip('。')}。{_absent(a.measures[line.of])}"
            if line.of
            else ("。" if line.parts else "；人工填写。")
        )
        for line in a.sheet.ordered
    ]
    return (
        graded,
        "总分＝各项得分之和÷可得分值×满分＋加分－酌情扣分。没有应办事项的考核项按缺项处理，不占可得分值。分数不取整，只在显示时保留两位。",
        *lines,
        "报送时头一次查出的差错和没有核实的疑点，不扣分。一票否决只由人工填写，并须写明文号。",
    )


def _absent(metric: Metric) -> str:
    """Why nobody has a figure of it, "" where somebody may."""
    return f"台账库里没有“{'”“'.join(metric.absent)}”，无从计算，各对象都按缺项。" if metric.absent else ""


def _said_of_batches(a: Assessment) -> tuple[str, ...]:
    if not a.batches:
        return ()
    return (f"所用数据：台账库中{len(a.batches)}个批次：{'、'.join(a.batches)}。",)


def _said_of_objections(a: Assessment) -> tuple[str, ...]:
    if not a.objections:
        return ()
    told = "、".join(f"{outcome}{count}件" for outcome, count in sorted(a.objections.items()))
    return (
        f"本期收到异议{sum(a.objections.values())}件：{told}，逐件情况见履职明细。"
        "异议成立的，补报或更正以后才计入，数字不直接改动。",
    )


def _said_of_the_plan(a: Assessment) -> tuple[str, ...]:
    """How the plan itself says that it is assessed, and what may follow; people decide that, no formula does."""
    plan = a.scheme
    said = (
        ("方案规定的考核方式：", plan.assessing.points), ("目标：", plan.goals), ("纪律：", plan.discipline),
        ("可以给予的奖励：", plan.assessing.rewards), ("可以给予的惩处（由轻到重）：", plan.assessing.penalties),
    )  # fmt: skip
    found = [f"{begin}{'；'.join(element.title for element in elements)}。" for begin, elements in said if elements]
    if plan.assessing.rewards or plan.assessing.penalties:
        found.append("奖励和惩处由县里研究决定，写明文号或理由；本工作簿只提供数据，不自动给出。")
    return tuple(found)


def _sentences(a: Assessment) -> tuple[str, ...]:
    scope = scope_of(a.scheme)
    whom, each = scope.whom, scope.each
    return (
        f"方案：{a.scheme.title}（{a.scheme.version}）。统计期：{a.period.label}，计到{chinese_date(a.last)}。",
        *_said_of_batches(a),
        *_said_of_scores(a),
        *_said_of_the_plan(a),
        f"次：走访记录的行数，一行写了两{each}也是一次。{whom}次：同一天到同一{each}只算一次，入户、电话、集中分开计。"
        "人次：一次走访去了几人就是几人次。",
        "帮扶人、帮扶单位、乡镇各自去重：两名帮扶人一起走访，两人各计一次，同一单位、同一乡镇只计一次。",
        f"没有填写走访方式的，按“{a.scheme.default_mode}”计。没有匹配到帮扶{whom}的走访只计次数和人次。",
        *(_said_of_windows(scope) if scope.windows else ()),
        *(_said_of_homes(a, scope) if scope.homes else ()),
        *_said_of_announcements(a),
        *_said_of_objections(a),
        *_said_of_the_workbook(scope),
    )


def _said_of_windows(scope: Scope) -> tuple[str, ...]:
    whom, each = scope.whom, scope.each
    return (
        f"应访（{whom}·期）：每对结对在每个时段应按频次走访；首尾不足整段的，结对天数达到规定比例（默认一半）才计；"
        f"截止日之后才结束的时段不计。单位、乡镇按{whom}计，同一{each}同一时段只计一次。",
        f"达标：时段内有效走访的天数不少于规定次数。帮扶人只计本人参加的走访；单位、乡镇计本{whom}任何一名结对帮扶人的走访。"
        "结对开始之前、结束之后的走访不计。",
        f"排名：按达标率从高到低，相同者名次相同，下一名次顺延（1、2、2、4）；结对{scope.one}数少于参评{scope.one}数的不排名。",
    )


def _said_of_homes(a: Assessment, scope: Scope) -> tuple[str, ...]:
    months = a.scheme.reporting.unvisited_months
    unvisited = f"未走访{scope.whom}：截止日在结、结对已满{months}个月，而最近{months}个月没有任何人入户的{scope.whom}。以已报送的走访记录为准。"
    paired = "结对率：在册帮扶户中，截止日有结对关系的户所占的比例。"
    return (unvisited, paired) if scope.only_homes else (unvisited,)


def _said_of_the_workbook(scope: Scope) -> tuple[str, ...]:
    lights = "达标率的颜色：90%及以上绿，60%至90%黄，不足60%红，只供查看，不是等次。"
    live = "各表中的数字都是公式，取自后面的“数据-”各表。改动“参数”表中可改的数字，结果随之变化；清单各表不随之变化。"
    return (lights, live) if scope.windows else (live,)


def _page(book: Book, name: str, widths: tuple[int, ...], a: Assessment) -> GuardedSheet:
    sheet = book.add_sheet(name)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.set_row(0, 32)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    set_footer(sheet, f"{a.scheme.title}　{a.period.label}")
    return sheet


def _name(book: Book, first: int, last: int, name: str) -> None:
    book.workbook.define_name(name, f"='参数'!$B${first + 1}:$B${last + 1}")
