"""The sentences of a bulletin, as an office writes them: what there is to say of the figures, and nothing else."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from bangfu_excel.core.bulletin import Bulletin, Level
from bangfu_excel.write.whom import Whom

WORDS: Mapping[Level, tuple[str, str]] = {
    "group": ("帮扶小组", "个帮扶小组"), "unit": ("帮扶单位", "个帮扶单位"), "school": ("学校", "所学校"), "township": ("乡镇", "个乡镇"),
}  # fmt: skip
"""What the subjects are called, and behind a number of them."""
_PLAN = re.compile(r"(?:通用|工作)?方案$")
_BREAK = re.compile(r"(?=暨|结对)")
"""Where a plan's name may be broken in a title."""
_KIND = {6: "工作小结", 12: "工作总结"}
_NUMBERS = "一二三四五六七八九十"
_MOST = 6
"""So many contents of a group stand in the text; all of them stand in the workbook."""
_NAMED = 12


@dataclass(frozen=True)
class Line:
    """A paragraph, and the words that lead it."""

    text: str
    lead: str = ""


@dataclass(frozen=True)
class Section:
    """title (一、…), paragraphs; tabled: the table stands below them."""

    title: str
    lines: tuple[Line, ...]
    tabled: bool = False


@dataclass(frozen=True)
class Notice:
    """title (in parts, between which it may be broken), number of the document and 试算 ("" none), to, opening, sections, signed, dated."""

    title: tuple[str, ...]
    number: str
    trial: str
    to: str
    opening: str
    sections: tuple[Section, ...]
    signed: str
    dated: str


def notice(made: Bulletin) -> Notice:
    """The bulletin in sentences."""
    word, code = WORDS[made.level][0], made.issuer.code
    parts = (
        ("总体情况", _whole(made)), (f"各{word}走访情况", _compared(made)), ("具体帮扶内容", _contents(made)),
        (f"没有走到的{Whom.of(made.scheme).name}", _missing(made)), ("累计和补报、核减", _balance(made)),
    )  # fmt: skip
    told = [(title, lines) for title, found in parts if (lines := tuple(found))]
    sections = [Section(f"{_NUMBERS[at]}、{title}", lines, at == 1) for at, (title, lines) in enumerate(told)]
    return Notice(
        title=_title(made), number=f"{code}〔{made.issued_on.year}〕　　号" if code else "",
        trial="" if made.batch else "（试算，未印发）", to=f"各{word}：",
        opening=f"现将{''.join(_of(made))}走访{_KIND.get(made.stretch.months, '情况通报')}如下：",
        sections=tuple(sections), signed=made.issuer.office or made.county or "（印发单位）", dated=chinese_day(made.issued_on),
    )  # fmt: skip


def title_of(made: Bulletin) -> str:
    """关于2013年6月下基层结对共建帮扶走访情况的通报."""
    return "".join(_title(made))


def _title(made: Bulletin) -> tuple[str, ...]:
    kind = _KIND.get(made.stretch.months)
    begin, end = (made.county, f"走访{kind}") if kind else (f"关于{made.county}", "走访情况的通报")
    first, *others = _of(made)
    return f"{begin}{first}", *others, end


def _of(made: Bulletin) -> tuple[str, ...]:
    """2013年6月下基层结对共建帮扶; of a phase the plan stands first."""
    span, plan = made.stretch.label, filter(None, _BREAK.split(_PLAN.sub("", made.scheme.title)))
    if made.stretch.period is None:
        return *plan, span
    first, *others = plan
    return f"{span}{first}", *others


def chinese_day(day: dt.date) -> str:
    """2013年7月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def _whole(made: Bulletin) -> Iterator[Line]:
    total, whom = made.totals, Whom.of(made.scheme)
    _, counted = WORDS[made.level]
    yield Line(f"{len(made.subjects)}{counted}{_went(made, whom)}。")
    if made.weekly:
        yield Line(f"{_to_villages(total)}。")
    if made.before and not total["trips_before"]:
        if total["trips"]:
            yield Line(f"{made.before.label}没有{whom.going}走访的记录，不作比较。")
    elif made.before:
        differences = (
            _differs(f"{whom.going}走访", total["trips"] - total["trips_before"], "次"),
            _differs(f"走到的{whom.name}", total["reached"] - total["reached_before"], whom.each),
        )
        yield Line(f"与{made.before.label}相比，{'，'.join(differences)}。")


def _went(made: Bulletin, whom: Whom) -> str:
    """共入户走访5次，走到4户；结对的5户里走到3户，占60.0%；另以电话等方式联系1次"""
    total = made.totals
    paired, reached = total["paired"], total["paired"] - made.unreached["household"].nunique()
    others = f"；以电话等方式联系{total['others']}次" if total["others"] else ""
    if not total["trips"]:
        return (
            f"{'都' * (len(made.subjects) > 1)}没有{whom.going}走访"
            + (f"，结对的有{paired}{whom.unit}" if paired else "")
            + others
        )
    said = f"共{whom.going}走访{total['trips']}次，走到{total['reached']}{whom.unit}"
    if paired:
        said += f"；结对的{paired}{whom.unit}里走到{reached}{whom.each}，占{reached / paired:.1%}"
    return said + (others and f"；另{others[1:]}")


def counted_twice(made: Bulletin) -> str:
    """What the sums of the subjects count more than once, and what it is in the whole county; "" where they count nothing twice."""
    word, whom = WORDS[made.level][0], Whom.of(made.scheme)
    counted = {"paired": f"结对{{}}{whom.unit}", "trips": f"{whom.going}走访{{}}次", "reached": f"走到{{}}{whom.unit}"}
    whole = [
        said.format(made.totals[name])
        for name, said in counted.items()
        if int(made.subjects[name].sum()) != made.totals[name]
    ]
    return f"几个{word}共同帮扶、同去走访的，各计一次；全县实际{'，'.join(whole)}。" if whole else ""


def _to_villages(total: Mapping[str, int]) -> str:
    missed = total["due"] - total["met"]
    if not total["due"]:
        return f"进村{total['places']}天次"
    told = f"有{missed}周没有进村" if missed else "各小组都做到了"
    return f"按每组每周至少进村一次的要求，应进村{total['due']}周（按组累计），{told}；进村共{total['places']}天次"


def _differs(what: str, difference: int, unit: str) -> str:
    if not difference:
        return f"{what}持平"
    return f"{what}{'增加' if difference > 0 else '减少'}{abs(difference)}{unit}"


def _compared(made: Bulletin) -> Iterator[Line]:
    """Best and missing."""
    rows, whom = made.subjects, Whom.of(made.scheme)
    word, counted = WORDS[made.level]
    named = rows[~rows["subject"].str.startswith("（")]
    most = int(named["trips"].max()) if len(named) else 0
    none = rows.loc[rows["trips"] == 0, "subject"]
    if most:
        best = named.loc[named["trips"] == most, "subject"]
        if len(best) < len(rows):
            yield Line(f"{whom.going}走访最多的是{_named(best)}，{'各' if len(best) > 1 else ''}{most}次。")
    if most and len(none):
        yield Line(f"{whom.going}走访一次也没有的有{len(none)}{counted}：{_named(none)}。")
    elif most:
        yield Line(f"各{word}都有{whom.going}走访。")
    else:
        yield Line("各" + word + "的走访次数见下表。")
    if made.weekly and len(short := rows[rows["met"] < rows["due"]]):
        missed = [f"{one.subject}{one.due - one.met}周" for one in short.itertuples()]
        yield Line(f"没有做到每周进村的：{_named(missed)}。")


def _named(names: Sequence[str] | pd.Series) -> str:
    shown = list(names)[:_NAMED]
    return "、".join(shown) + (f"等{len(names)}个" if len(names) > len(shown) else "")


def _contents(made: Bulletin) -> Iterator[Line]:
    if made.contents.empty:
        yield Line("走访记录里没有写帮扶内容。")
    for subject, rows in made.contents.groupby("subject", sort=False):
        said = "；".join(_content(row) for row in rows.head(_MOST).to_dict("records"))
        more = f"；其余{len(rows) - _MOST}项见附表" if len(rows) > _MOST else ""
        yield Line(f"{said}{more}。", lead=f"{subject}：")


def _content(row: Mapping[str, object]) -> str:
    """看羊舍，商定请畜牧站来讲防疫（6月4日，岑**家）"""
    day, whom, many = row["date"], row["whom"], int(str(row["recipients"]))
    said = [f"{day.month}月{day.day}日"] if isinstance(day, dt.date) else []
    if isinstance(whom, str) and whom:
        said.append(f"{whom}等{many}户" if many > 1 else whom)
    return f"{row['content']}（{'，'.join(said)}）" if said else str(row["content"])


def _missing(made: Bulletin) -> Iterator[Line]:
    whom, rows = Whom.of(made.scheme), made.unreached
    if many := rows["household"].nunique():
        counts = rows.groupby("subject", sort=False)["household"].nunique()
        said = _named([f"{subject}{count}{whom.each}" for subject, count in counts.items()])
        yield Line(f"{made.stretch.label}有{many}{whom.unit}没有走到：{said}。名单见附表。")


def _balance(made: Bulletin) -> Iterator[Line]:
    told = made.announced
    if told is None or not told.before:
        return
    f = told.figures
    yield Line(
        f"按走访记录计，上期累计{f['previous']}次，本期{f['current']}次，补报{f['supplement']}次，核减{f['deduction']}次，"
        f"本期累计{f['total']}次。"
    )
    if f["supplement"] or f["deduction"]:
        yield Line("补报、核减逐条列在附表。")
