"""What a comparison found, in words and columns for a clerk: one frame a sheet of 比对结果.xlsx."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from bangfu_excel.core.comparison import STATE_LABELS, ListKind
from bangfu_excel.core.masking import mask
from bangfu_excel.core.table import Privacy, Table
from bangfu_excel.link import Matches
from bangfu_excel.pipeline.listed import Listed

_SHOWN = 5  # candidates of a row that waits
_WHO = {"township": "乡镇", "village": "村", "group": "组", "name": "姓名", "id_number": "证件号码"}
_OURS = {
    "township": "乡镇",
    "village": "村",
    "group": "组",
    "head_name": "户主",
    "name": "姓名",
    "id_number": "证件号码",
}
PLACE, SOURCE, REMARK = "名单位置", "我方出处", "备注"
_TAKEN = frozenset((*_WHO.values(), *_OURS.values(), PLACE, SOURCE, REMARK, "序号"))


@dataclass(frozen=True)
class Compared:
    """A list, the registered persons, who of the one is who of the other; `masked`: nobody to be recognised by what is shown."""

    listed: Listed
    people: pd.DataFrame
    matches: Matches
    kind: ListKind | None
    table: Table
    masked: bool

    def rows_in(self, state: str) -> list[int]:
        """The rows of the list that became `state`."""
        return [int(at) for at in self.matches.state.index[self.matches.state == state]]

    @cached_property
    def account(self) -> pd.DataFrame:
        """file, sheet, rows and the four states; a sheet that is no table has none."""
        sources = self.listed.sources
        where = [(sources[n].file, sources[n].sheet) for n in self.listed.rows["_number"].tolist()]
        spots = pd.DataFrame(where, columns=["file", "sheet"]).assign(state=self.matches.state.to_numpy())
        counted = spots.groupby(["file", "sheet", "state"]).size()
        lines = [
            (file, sheet, rows, *(int(counted.get((file, sheet, state), 0)) for state in STATE_LABELS))
            for (file, sheet), rows in self.listed.heights.items()
        ]
        return pd.DataFrame.from_records(lines, columns=["file", "sheet", "rows", *STATE_LABELS])

    def theirs_only(self) -> pd.DataFrame:
        """Rows of the list whom nobody here is."""
        at = self.rows_in("theirs_only")
        return pd.DataFrame({PLACE: self._places(at), **self._who(at), **self._others(at), REMARK: self._remarks(at)})

    def pending(self) -> pd.DataFrame:
        """Rows of the list that may be somebody here, and who."""
        at = self.rows_in("pending")
        candidates = self.matches.candidates.groupby("at")["ours"].agg(list).to_dict()
        described = [self._described(candidates.get(row, [])) for row in at]
        why = self.matches.why[at].tolist()
        return pd.DataFrame(
            {PLACE: self._places(at), **self._who(at), "为什么待核对": _texts(why), "我方可能是": _texts(described),
             REMARK: self._remarks(at)}
        )  # fmt: skip

    def unusable(self) -> pd.DataFrame:
        """Rows of which nobody can say who is meant."""
        at = self.rows_in("unusable")
        why = [
            f"{reason}（号码：{fault}）" if fault else reason
            for reason, fault in zip(self.matches.why[at], self.listed.rows["_fault"][at], strict=True)
        ]
        return pd.DataFrame({PLACE: self._places(at), **self._who(at), **self._others(at), "为什么不能用": _texts(why)})

    def differences(self, found: pd.DataFrame) -> pd.DataFrame:
        """One row a field that the list states otherwise."""
        at, ours = found["at"].tolist(), found["ours"].tolist()
        fields = found["field"].tolist()
        mine, theirs = (
            [self._value(*pair) for pair in zip(fields, found[side], strict=True)] for side in ("mine", "theirs")
        )
        who = {title: column for title, column in self._ours(ours).items() if title != "组"}
        return pd.DataFrame(
            {**who, "怎样对上": _texts(self.matches.how[at].tolist()),
             "栏目": _texts(self.table[name].label for name in fields), "我方": _texts(mine), "名单": _texts(theirs),
             "差别": _texts(found["sort"]), SOURCE: self._sources(ours), PLACE: self._places(at, fields)}
        )  # fmt: skip

    def ours_only(self, ours: Sequence[int], at: Sequence[int] | None = None) -> pd.DataFrame:
        """Registered persons, by place and name. at: the rows of the list that tell of them, if any does."""
        told = list(at) if at is not None else []
        mark = self.kind.mark if self.kind else ""
        columns = self._ours(ours)
        if mark:
            values = (self._value(mark, text) for text in self.people[mark].iloc[list(ours)].fillna(""))
            columns[f"我方{self.table[mark].label}"] = _texts(values)
        columns[SOURCE] = self._sources(ours)
        if told:
            columns |= {PLACE: self._places(told), **self._others(told)}
        rows = pd.DataFrame(columns)
        return rows.sort_values([*_OURS.values(), SOURCE], kind="stable", ignore_index=True)

    def _who(self, at: Sequence[int]) -> dict[str, pd.Series]:
        """Whom the rows of the list are about; a number that is wrong as it is written."""
        rows = self.listed.rows.iloc[list(at)]
        columns = {title: self._column(name, rows[name]) for name, title in _WHO.items()}
        wrong = zip(at, rows["_faulty"].tolist(), columns["证件号码"].tolist(), strict=True)
        numbers = [
            self._value("id_number", self.listed.written(row, field)) if field and pd.isna(number) else number
            for row, field, number in wrong
        ]
        return {**columns, "证件号码": _texts(numbers)}

    def _ours(self, ours: Sequence[int]) -> dict[str, pd.Series]:
        rows = self.people.iloc[list(ours)]
        return {title: self._column(name, rows[name]) for name, title in _OURS.items()}

    def _others(self, at: Sequence[int]) -> dict[str, pd.Series]:
        """The list's further columns as they stand there; masked, only those of which it is known what they hold."""
        rows = self.listed.shown.iloc[list(at)]
        shown = {label: name for label, name in self.listed.fields.items() if name or not self.masked}
        return {
            (f"{label}（名单）" if label in _TAKEN else label): self._column(name, rows[label])
            for label, name in shown.items()
        }

    def _remarks(self, at: Sequence[int]) -> pd.Series:
        rows = self.listed.rows
        twice = (rows["_person"].notna() & rows["_person"].duplicated(keep=False)).tolist()
        faults = rows["_fault"].tolist()
        said = [
            (f"号码不能用（{faults[row]}）" if faults[row] else "", "名单里这个号码不止一行" if twice[row] else "")
            for row in at
        ]
        return _texts("；".join(part for part in parts if part) for parts in said)

    def _places(self, at: Sequence[int], fields: Sequence[str] | None = None) -> pd.Series:
        faulty = self.listed.rows["_faulty"].tolist()
        several = len({file for file, _ in self.listed.heights}) > 1
        named = fields if fields is not None else [faulty[row] or "id_number" for row in at]
        pairs = zip(at, named, strict=True)
        return _texts(self.listed.place(row, name, with_file=several) for row, name in pairs)

    def _sources(self, ours: Sequence[int]) -> pd.Series:
        rows = self.people.iloc[list(ours)]
        spots = zip(rows["_file"], rows["_sheet"], rows["_row"], strict=True)
        return _texts(f"{file}{f'“{sheet}”' if sheet else ''}第{row}行" for file, sheet, row in spots)

    def _described(self, ours: Sequence[int]) -> str:
        shown = pd.DataFrame(self._ours(ours[:_SHOWN])).fillna("")
        sources = self._sources(ours[:_SHOWN])
        lines = [_in_words(person, source) for person, source in zip(shown.to_dict("records"), sources, strict=True)]
        return "\n".join([*lines, *([f"等{len(ours)}人"] if len(ours) > len(lines) else [])])

    def _column(self, field: str, values: pd.Series) -> pd.Series:
        plain = values.reset_index(drop=True)
        return plain if not self._hides(field) else plain.map(lambda text: self._value(field, text), na_action="ignore")

    def _value(self, field: str, text: str) -> str:
        return mask(text, self.table[field].privacy) if self._hides(field) else text

    def _hides(self, field: str) -> bool:
        return self.masked and field in self.table and self.table[field].privacy is not Privacy.NONE


def _in_words(person: Mapping[str, str], source: str) -> str:
    """张三（清水镇石桥村2组，户主张建国，没有号码，全县.xlsx“成员”第7行）."""
    name, head = person["姓名"], person["户主"]
    place = person["乡镇"] + person["村"] + person["组"]
    about = (place, f"户主{head}" if head not in ("", name) else "", person["证件号码"] or "没有号码", source)
    return f"{name}（{'，'.join(part for part in about if part)}）"


def _texts(values: Iterable[object]) -> pd.Series:
    return pd.Series(list(values), dtype="str")
