"""What is said of children and villages that no roster knows, or that may be several."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from bangfu_excel.core.finding import Finding
from bangfu_excel.core.messages import link as says
from bangfu_excel.core.rows import Rows
from bangfu_excel.link.aims import VILLAGES
from bangfu_excel.link.households import Recipients
from bangfu_excel.link.telling import Case, tell_at

_SHOWN = 5
_ALIKE = ("aim", "person", "name", "school", "class_name", "township", "village")
_CHILD = {"roster": "儿童档案", "what": "姓名、学校、班级和所在村，或补填证件号码"}
_VILLAGE = {"roster": "村情表", "what": "乡镇和村的名称"}
_MORE_OF_CHILD, _MORE_OF_VILLAGE = "证件号码，或学校和班级", "乡镇"


def tell_beyond(rows: Rows, found: Recipients) -> tuple[tuple[Finding, ...], dict[str, tuple[int, ...]]]:
    """The findings, rows of a region that say the same together; and the rows that they return: table → labels."""
    findings: list[Finding] = []
    returned: dict[str, tuple[int, ...]] = {}
    for table, beyond in found.beyond.items():
        for labels in _cases(rows[table], beyond.refs[beyond.missing]):
            findings.append(_missing(rows, found, table, labels))
        for labels in _cases(rows[table], beyond.refs[beyond.unclear]):
            findings.append(_ambiguous(rows, found, table, labels))
        for labels in _cases(rows[table], beyond.refs[beyond.dismissed]):
            findings.append(_dismissed(rows, found, table, labels))
        returned[table] = tuple(beyond.refs.index[beyond.missing | beyond.unclear | beyond.dismissed])
    return tuple(findings), returned


def _cases(frame: pd.DataFrame, refs: pd.DataFrame) -> Iterator[list[int]]:
    if len(refs):
        alike = [frame["_region"].loc[refs.index], *(refs[name].fillna("") for name in _ALIKE)]
        for _, part in refs.groupby(alike, sort=False):
            yield part.index.tolist()


def _missing(rows: Rows, found: Recipients, table: str, labels: list[int]) -> Finding:
    row, of_village = _row(rows, found, table, labels[0])
    field = _naming(found, table, row, of_village)
    reference = found.references[table]
    places = (reference.township,) if of_village else (reference.village, reference.school, reference.class_name)
    where = "".join(row[name] for name in places if row.get(name) and name != field)
    words = {"name": row.get(field, ""), "where": where, **(_VILLAGE if of_village else _CHILD)}
    return tell_at(rows, Case(table, tuple(labels)), field, says.RECIPIENT_NOT_FOUND, words)


def _ambiguous(rows: Rows, found: Recipients, table: str, labels: list[int]) -> Finding:
    row, of_village = _row(rows, found, table, labels[0])
    field = _naming(found, table, row, of_village)
    several = found.beyond[table].resolved.candidates
    keys = several.loc[several["at"] == labels[0], "key"].tolist()
    known = [found.others.villages.called(key) if of_village else found.others.children.called(key) for key in keys]
    words = {
        "name": row.get(field, ""),
        "many": len(keys),
        "candidates": "；".join(known[:_SHOWN]),
        "what": _MORE_OF_VILLAGE if of_village else _MORE_OF_CHILD,
    }
    return tell_at(rows, Case(table, tuple(labels)), field, says.RECIPIENT_AMBIGUOUS, words)


def _dismissed(rows: Rows, found: Recipients, table: str, labels: list[int]) -> Finding:
    row, of_village = _row(rows, found, table, labels[0])
    field = _naming(found, table, row, of_village)
    more = _MORE_OF_VILLAGE if of_village else _MORE_OF_CHILD
    words = {"name": row.get(field, ""), "what": more}
    return tell_at(rows, Case(table, tuple(labels)), field, says.RECIPIENT_DISMISSED, words)


def _row(rows: Rows, found: Recipients, table: str, label: int) -> tuple[dict[str, str], bool]:
    """What the row says, as text, and whether it means a village."""
    values = rows[table].loc[label].dropna().items()
    return {str(name): str(value) for name, value in values}, found.beyond[table].refs.at[label, "aim"] == VILLAGES


def _naming(found: Recipients, table: str, row: dict[str, str], of_village: bool) -> str:
    """The field that names the recipient."""
    reference = found.references[table]
    fields = (reference.village, reference.name) if of_village else (reference.name, reference.person)
    return next((name for name in fields if row.get(name)), fields[0])
