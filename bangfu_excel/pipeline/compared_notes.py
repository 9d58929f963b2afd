"""What has to be said of a comparison: the list, how it was matched, what was not compared; counts that balance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from bangfu_excel.core.comparison import STATE_LABELS, ListKind
from bangfu_excel.link import Ours
from bangfu_excel.pipeline.compared import Compared

_TROUBLE_SHOWN = 20


def account_of_ours(ours: Ours | None) -> dict[str, int]:
    """Registered persons with the mark: in the list, waiting, missing from it, living elsewhere; {} where none is asked for."""
    if ours is None:
        return {}
    return {
        "found": len(ours.found), "waiting": len(ours.waiting), "absent": len(ours.absent), "outside": len(ours.outside),
    }  # fmt: skip


def notes_of(
    compared: Compared, kind: ListKind | None, date: dt.date | None, fields: Sequence[str], ours: Ours | None
) -> tuple[str, ...]:
    """The paragraphs of 说明, numbered."""
    about = [*_of_matching(), *_of_ours(compared, kind, ours), *_of_fields(compared, fields)]
    said = [
        *_of_list(compared, date),
        *(about if len(compared.listed.rows) else ()),
        *_of_trouble(compared),
        "这张表只把差别列出来，没有改动台账库里的任何内容；核实以后，需要更正的请让乡镇重报或用更正单更正。",
    ]
    return tuple(f"{_ORDER[number]}、{text}" for number, text in enumerate(said))


_ORDER = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五")


def _of_list(compared: Compared, date: dt.date | None) -> Iterator[str]:
    """How many rows, and where each of them is."""
    account = compared.account
    if not len(compared.listed.rows):
        yield "名单里没有读到一行人，没有比对。"
        return
    counts = "＋".join(f"{label}{int(account[name].sum())}行" for name, label in STATE_LABELS.items())
    how = compared.matches.how
    by = "、".join(f"按{way}{int((how == way).sum())}行" for way in ("证件号码", "姓名和村"))
    yield f"名单共{int(account['rows'].sum())}行＝{counts}。每一行只在其中一处；对上的{by}。"
    number = compared.listed.rows["_person"].dropna()
    if many := int(number.duplicated().sum()):
        yield f"名单里有{many}行的证件号码与前面某一行相同，各行分别比对，相同的差别只列一次。"
    if date is None and not compared.listed.dates:
        yield "名单没有写日期，运行时也没有用 --date 写明；名单以后的变化不算差错，请先问清名单是哪一天的。"


def _of_matching() -> Iterator[str]:
    yield (
        "怎样对上：先按证件号码（15位的换算成18位，残疾人证取前18位；位数或校验码不对的、存成数字丢了末几位的不用来匹配）；"
        "号码对不上的再按姓名和村，两边在这个村都只有一个同名的人，而且两边号码不矛盾，才算对上。说不准的列在“待核对”，不替您选。"
    )
    yield "没有可用的号码、又看不出姓名或住在哪里的，号码写错了、按姓名和村又找不到的，列在“不能用”，写明是哪一格。"


def _of_ours(compared: Compared, kind: ListKind | None, ours: Ours | None) -> Iterator[str]:
    """What 我有他无 holds, and whom it leaves out."""
    if kind is None:
        yield "没有用 --kind 写明这是什么名单，所以没有列“我有他无”，也没有核对我方的标记。"
        return
    label = compared.table[kind.mark].label if kind.mark else ""
    if compared.kind is None:
        yield f"我方登记的人都没有填“{label}”，所以没有列“我有他无”，也没有核对这一栏。"
    elif kind.leaves:
        yield f"“我有他无”列的是：在{kind.title}上，而我方“{label}”仍不是“{'、'.join(sorted(kind.yes))}”的人。"
    elif ours is not None:
        total = len(ours.found) + len(ours.waiting) + len(ours.absent)
        yield (
            f"“我有他无”只列按我方“{label}”一栏应当在名单上、又住在名单涉及的村里的人：共{total}人＝名单上有{len(ours.found)}人＋"
            f"“待核对”里可能是{len(ours.waiting)}人＋我有他无{len(ours.absent)}人。"
            f"另有{len(ours.outside)}人住在名单没有涉及的村，没有列入；已死亡、迁出、注销的也没有列入。"
        )
    if compared.kind is not None and not kind.leaves:
        yield f"在名单上、而我方“{label}”一栏看不出来的，列在“不一致”里，差别写的是“名单上有，我方没有标记”。"


def _of_fields(compared: Compared, fields: Sequence[str]) -> Iterator[str]:
    rows = compared.listed.rows
    compares = [name for name in fields if name in rows and rows[name].notna().any()]
    labels = "、".join(f"“{compared.table[name].label}”" for name in compares)
    if labels:
        yield f"对上的人比了这几栏：{labels}；名单里空白的不算差别。"
    unread = {name: many for name, many in compared.listed.unread.items() if name in fields}
    if unread:
        told = "、".join(f"“{compared.table[name].label}”{many}格" for name, many in unread.items())
        yield f"名单里有写法读不懂的格，没有比：{told}。"


def _of_trouble(compared: Compared) -> Iterator[str]:
    for what, told in (
        ("没有读进来的或有疑问的", compared.listed.trouble),
        ("不是名单、没有比对的", compared.listed.left_out),
    ):
        if told:
            more = f"；等{len(told)}处" if len(told) > _TROUBLE_SHOWN else ""
            yield f"{what}：{'；'.join(told[:_TROUBLE_SHOWN])}{more}。"
