"""A bulletin as a Word document, in the form of an official notice."""

from __future__ import annotations

from pathlib import Path

from bangfu_excel.core.bulletin import Bulletin
from bangfu_excel.write.bulletin_text import WORDS, counted_twice, notice
from bangfu_excel.write.document import Paper
from bangfu_excel.write.whom import Whom


def write_bulletin_paper(made: Bulletin, path: Path) -> Path:
    """The notice at `path`."""
    said = notice(made)
    paper = Paper("".join(said.title))
    paper.title(said.title)
    for text in filter(None, (said.number, said.trial)):
        paper.middle(text)
    paper.blank()
    paper.line(said.to)
    paper.body(said.opening)
    for section in said.sections:
        paper.heading(section.title)
        for line in section.lines:
            paper.body(line.text, line.lead)
        if section.tabled and len(made.subjects):
            _table(paper, made)
    paper.signed(said.signed, said.dated)
    return paper.save(path, made.as_of)


def _table(paper: Paper, made: Bulletin) -> None:
    """A row a subject and 合计."""
    whom, word = Whom.of(made.scheme), WORDS[made.level][0]
    names = ["paired", "trips", "reached"]
    heads = [f"结对\n{whom.number}", f"{whom.going}\n次数", f"走到\n{whom.number}"]
    if made.before:
        names, heads = [*names, "trips_before", "difference"], [*heads, "上期\n次数", "增减"]
    if made.weekly:
        names, heads = [*names, "places", "due", "met"], [*heads, "进村\n天次", "应进\n周数", "做到\n周数"]
    elif made.totals["others"]:
        names, heads = [*names, "others"], [*heads, "其他\n联系"]
    rows = made.subjects.assign(difference=made.subjects["trips"] - made.subjects["trips_before"])
    body = [
        [str(at), one["subject"], *(_figure(name, one[name]) for name in names)]
        for at, one in enumerate(rows.to_dict("records"), start=1)
    ]
    body.append(["", "合计", *(_figure(name, int(rows[name].sum())) for name in names)])
    paper.table(["序号", word, *heads], body, [1.2, 3.4, *(1.4 for _ in names)])
    if shared := counted_twice(made):
        paper.body(f"注：{shared}")


def _figure(name: str, number: int) -> str:
    return f"{number:+d}" if name == "difference" and number else str(number)
