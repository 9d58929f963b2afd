"""The sentences of a bulletin, as an office writes them: what there is to say of the figures, and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from bangfu_excel.core.bulletin import Bulletin, Level

WORDS: Mapping[Level, tuple[str, str]] = {
    "group": ("帮扶小组", "个帮扶小组"), "unit": ("帮扶单位", "个帮扶单位"), "school": ("学校", "所学校"), "township": ("乡镇", "个乡镇"),
}  # fmt: skip
"""What the subjects are called, and behind a number of them."""
_WHOM = {
    "户": ("帮扶户", "户"),
    "村": ("帮扶村", "个"),
    "学校": ("帮扶学校", "所"),
    "学生": ("帮扶学生", "名"),
    "儿童": ("帮扶儿童", "名"),
}
_NUMBERS = "一二三四五六七八九十"
_MOST = 6
"""So many contents of a group stand in the text; all of them stand in the workbook."""
_NAMED = 12


@dataclass(frozen=True)
class Whom:
    """How the recipients are called: 帮扶户 … 户 (visited 入户), 帮扶村 … 个 (进村)."""

    name: str
    unit: str
    going: str

    @classmethod
    def of(cls, made: Bulletin) -> Whom:
        kind = (made.scheme.recipients.kinds or ("户",))[0]
        name, unit = _WHOM.get(kind, ("帮扶对象", "个"))
        return cls(name, unit, {"村": "进村", "学校": "到校"}.get(kind, "入户"))


@dataclass(frozen=True)
class Line:
    """A paragraph. kind: heading (一、), bold lead of a paragraph and its text."""

    text: str
    kind: str = "body"
    lead: str = ""


@dataclass(frozen=True)
class Notice:
    """title, number (of the document, "" none), trial (under the title, "" none), to, opening, sections (title, lines; the table
    stands after the lines of `table_after`), signed, dated."""

    title: str
    number: str
    trial: str
    to: str
    sections: tuple[tuple[str, tuple[Line, ...]], ...]
    signed: str
    dated: str
    opening: str = ""
    table_after: int = 1


def notice(made: Bulletin) -> Notice:
    """The bulletin in sentences."""
    word, _ = WORDS[made.level]
    sections = [(f"各{word}走访情况", tuple(_compared(made)))]
    sections.append(("具体帮扶内容", tuple(_contents(made))))
    if lines := tuple(_missing(made)):
        sections.append(("没有走到的", lines))
    if lines := tuple(_balance(made)):
        sections.append(("累计和补报、核减", lines))
    sections.insert(0, ("总体情况", tuple(_whole(made))))
    numbered = tuple((f"{_NUMBERS[at]}、{title}", lines) for at, (title, lines) in enumerate(sections))
    code = made.issuer.code
    return Notice(
        title=title_of(made), number=f"{code}〔{made.issued_on.year}〕　　号" if code else "",
        trial="" if made.batch else "（试算，未印发）", to=f"各{word}：", sections=numbered,
        signed=made.issuer.office or made.county or "（印发单位）", dated=chinese_day(made.issued_on),
        opening=f"现将{made.stretch.label}{made.scheme.title}走访情况通报如下：",
    )  # fmt: skip


def title_of(made: Bulletin) -> str:
    """关于2013年6月下基层结对共建帮扶走访情况的通报."""
    of = f"{made.county}{made.stretch.label}{made.scheme.title}走访"
    if made.stretch.months == 12:
        return f"{of}工作总结"
    return f"{of}工作小结" if made.stretch.months == 6 else f"关于{of}情况的通报"


def chinese_day(day: dt.date) -> str:
    """2013年7月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def _whole(made: Bulletin) -> Iterator[Line]:
    total, whom = made.totals, Whom.of(made)
    _, counted = WORDS[made.level]
    sentence = f"{len(made.subjects)}{counted}共{whom.going}走访{total['trips']}次，走到{total['reached']}{whom.unit}"
    if total["paired"]:
        reached = total["paired"] - made.unreached["household"].nunique()
        sentence += f"；结对的{total['paired']}{whom.unit}里走到{reached}{whom.unit}，占{reached / total['paired']:.1%}"
    if total["others"]:
        sentence += f"；另以电话等方式联系{total['others']}次"
    yield Line(sentence + "。")
    if made.weekly:
        missed = total["due"] - total["met"]
        told = (
            f"各小组都做到了，进村共{total['places']}天次"
            if not missed
            else f"有{missed}周没有进村，进村共{total['places']}天次"
        )
        yield Line(
            f"按每组每周至少进村一次的要求，应进村{total['due']}周（按组累计），{told}。"
            if total["due"]
            else f"进村共{total['places']}天次。"
        )
    if made.before:
        yield Line(f"与{made.before.label}相比，{_differs(whom.going + '走访', total['trips'] - total['trips_before'], '次')}，"
                   f"{_differs('走到的' + whom.name, total['reached'] - total['reached_before'], whom.unit)}。")  # fmt: skip


def _differs(what: str, difference: int, unit: str) -> str:
    if not difference:
        return f"{what}持平"
    return f"{what}{'增加' if difference > 0 else '减少'}{abs(difference)}{unit}"


def _compared(made: Bulletin) -> Iterator[Line]:
    """Best and missing."""
    rows, whom = made.subjects, Whom.of(made)
    word, counted = WORDS[made.level]
    most = int(rows["trips"].max()) if len(rows) else 0
    none = rows.loc[rows["trips"] == 0, "subject"]
    if most:
        best = rows.loc[rows["trips"] == most, "subject"]
        if len(best) < len(rows):
            yield Line(f"{whom.going}走访最多的是{_named(best)}，{'各' if len(best) > 1 else ''}{most}次。")
    if len(none):
        yield Line(f"{whom.going}走访一次也没有的有{len(none)}{counted}：{_named(none)}。")
    elif len(rows):
        yield Line(f"各{word}都有{whom.going}走访。")
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
    whom, rows = Whom.of(made), made.unreached
    households = rows.drop_duplicates("household")
    if households.empty:
        return
    yield Line(f"{made.stretch.label}没有走到的{whom.name}有{len(households)}{whom.unit}：")
    counts = rows.groupby("subject", sort=False)["household"].nunique()
    yield Line("；".join(f"{subject}{count}{whom.unit}" for subject, count in counts.items()) + "。名单见附表。")


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
