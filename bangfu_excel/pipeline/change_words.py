"""The lines of a change log in words and columns for a clerk: one frame a sheet of 变更台账.xlsx, and numbers by township."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from bangfu_excel.core.masking import Masking, without_numbers
from bangfu_excel.core.table import Field, Retention, Table
from bangfu_excel.merge import ChangeLog
from bangfu_excel.merge.change_log import CAME, CHANGED, KEY, REPLACED, WENT

HAPPENED = "变动"
NO_TOWNSHIP = "（未填乡镇）"
_HOUSEHOLD = "household"
_WHERE = {"township": "乡镇", "village": "村", "group": "组", "household_id": "户编号", "head_name": "户主"}
_OWN = {"group": ("villager_group",), "head_name": ("recipient_name",)}
_PERSONS = frozenset(("户主变更", "分户", "并户"))


@dataclass(frozen=True)
class Told:
    """A change log, the households of now and of then (`_key`, columns of the roster), and what may be shown of anybody.

    expected: tables that are counted even where nothing came or went.
    """

    log: ChangeLog
    homes: pd.DataFrame
    tables: Mapping[str, Table]
    masking: Masking
    expected: Collection[str] = ()

    def sheets(self) -> dict[str, pd.DataFrame]:
        """Sheet → rows under a clerk's headings. What a log (走访) gained is counted only."""
        lines = self._lines
        logs = [name for name, table in self.tables.items() if table.retention is not Retention.ROSTER]
        kinds = lines["kind"]
        came = lines[(kinds == CAME) & ~lines["table"].isin(logs)]
        changed = lines[(kinds == CHANGED) & self._for_clerks]
        went, replaced = lines[kinds == WENT], lines[kinds == REPLACED]
        happened = lines[~kinds.isin([CAME, CHANGED, WENT, REPLACED])]
        return {
            CAME: self._framed(came, {"表": "label", "姓名": "who"}),
            CHANGED: self._framed(
                changed,
                {"表": "label", "姓名": "who", "栏目": "column", "原来": "old", "现在": "new", "说明": "reason"},
            ),
            WENT: self._framed(went, {"表": "label", "姓名": "who", "原因": "reason"}),
            REPLACED: self._framed(replaced, {"原帮扶人": "before", "现帮扶人": "after", "说明": "reason"}),
            HAPPENED: self._framed(happened, {"种类": "kind", "原来": "old", "现在": "new", "依据": "reason"}),
        }

    def counts(self) -> pd.DataFrame:
        """乡镇, and of each kind of line how many there are."""
        lines = self._lines
        events = ~lines["kind"].isin([CAME, CHANGED, WENT, REPLACED])
        numbers = {
            f"{kind}{self.tables[name].called}": (lines["kind"] == kind) & (lines["table"] == name)
            for kind in (CAME, WENT)
            for name in self._counted
        }
        numbers |= {"变更（处）": (lines["kind"] == CHANGED) & self._for_clerks}
        numbers |= {REPLACED: lines["kind"] == REPLACED, HAPPENED: events}
        towns = lines["township"].fillna(NO_TOWNSHIP).replace("", NO_TOWNSHIP)
        frame = pd.DataFrame({name: mask.astype("int64") for name, mask in numbers.items()})
        summed = frame.groupby(towns).sum().rename_axis("乡镇").reset_index()
        return summed.astype({"乡镇": "str"})

    @cached_property
    def _counted(self) -> list[str]:
        """The tables that are expected, and those of which something came or went."""
        lines = self._lines
        moved = {*self.expected, *lines.loc[lines["kind"].isin([CAME, WENT]), "table"]}
        return [name for name in self.tables if name in moved]

    @cached_property
    def _for_clerks(self) -> pd.Series:
        """False for what is told elsewhere: keys, the end of a pairing that was followed, values that an event brought."""
        lines = self._lines
        followed = set(lines.loc[lines["kind"] == REPLACED, "former"])
        kinds = set(lines["kind"]) - {CAME, CHANGED, WENT, REPLACED}
        of_event = lines["reason"].str.split("（").str[0].isin(kinds) & (lines["kind"] == CHANGED)
        return (lines["field"] != KEY) & ~of_event & ~((lines["field"] == "ended_on") & lines["key"].isin(followed))

    @cached_property
    def _lines(self) -> pd.DataFrame:
        """The lines with the household's place, id and head, who is meant, and the values as they may be shown."""
        lines = self.log.lines
        known = pd.concat([self._entities(table) for table in {*lines["table"], _HOUSEHOLD}], ignore_index=True)
        known = known.drop_duplicates(["table", "_key"]).rename(columns={"_key": "key"})
        found = lines.merge(known, on=["table", "key"], how="left")
        shown = [
            self._shown(*one)
            for one in zip(*(found[n] for n in ("table", "kind", "field", "before", "after")), strict=True)
        ]
        labels = {name: table.label for name, table in self.tables.items()}
        columns = [self._label(table, name) for table, name in zip(found["table"], found["field"], strict=True)]
        found = found.assign(
            label=found["table"].map(labels), column=pd.Series(columns, dtype="str"),
            old=pd.Series([old for old, _ in shown], dtype="str"), new=pd.Series([new for _, new in shown], dtype="str"),
            source=found["file"] + ("“" + found["sheet"] + "”").where(found["sheet"] != "", " ") + found["cell"],
        )  # fmt: skip
        return found.sort_values([*_WHERE, "table"], kind="stable", ignore_index=True)

    def _entities(self, table: str) -> pd.DataFrame:
        """Every record of a table, of now before of then: table, _key, place, id and head of its household, who it is."""
        side = self.log.sides.get(table)
        parts = [side.now, side.was.assign(_key=side.was["_former"])] if side else []
        if table == _HOUSEHOLD:
            parts.append(self.homes)
        rows = pd.concat([self._about(part, table) for part in parts], ignore_index=True)
        homes = self._about(self.homes, _HOUSEHOLD).drop_duplicates("_key").set_index("_key")
        meant = rows["_recipient"] if table != _HOUSEHOLD else rows["_key"]
        for name in _WHERE:
            theirs = homes[name].reindex(meant).to_numpy()
            rows[name] = pd.Series(theirs, index=rows.index, dtype="str").fillna(rows[name])
        return rows.assign(table=table).drop(columns="_recipient")

    def _about(self, rows: pd.DataFrame, table: str) -> pd.DataFrame:
        names = {name: next((n for n in (name, *_OWN.get(name, ())) if n in rows), "") for name in _WHERE}
        group = self._field(table, "group")
        if group is None or group.kind.name != "place":  # 帮扶小组 is no 村民小组
            names["group"] = "villager_group"
        columns = {name: self._text(rows, table, source) for name, source in names.items()}
        declared = self.tables.get(table)
        parts = [self._text(rows, table, name) for name in (declared.told_by if declared else ())]
        who = parts[0] if parts else pd.Series("", index=rows.index, dtype="str")
        for part in parts[1:]:
            who = who + " " + part
        recipient = rows["_recipient"] if "_recipient" in rows else rows["_key"]
        return pd.DataFrame({"_key": rows["_key"], "_recipient": recipient, **columns, "who": who}).astype("str")

    def _text(self, rows: pd.DataFrame, table: str, name: str) -> pd.Series:
        if name not in rows:
            return pd.Series("", index=rows.index, dtype="str")
        values = rows[name]
        texts = values.dt.strftime("%Y-%m-%d") if values.dtype.kind == "M" else values.astype("str")
        field = self._field(table, name)
        shown = {text: self.masking.shown(text, field) for text in texts.dropna().unique()}
        return texts.map(shown).astype("str").fillna("")

    def _field(self, table: str, name: str) -> Field | None:
        return self.tables[table][name] if table in self.tables and name in self.tables[table] else None

    def _label(self, table: str, name: str) -> str:
        field = self._field(table, name)
        return field.label if field else name

    def _shown(self, table: str, kind: str, name: str, old: str, new: str) -> tuple[str, str]:
        """The values of before and after as they may be shown; told apart where both are there and the office must see it."""
        field = self._field(table, name) if kind == CHANGED else None
        if kind in _PERSONS:
            field = self._field(_HOUSEHOLD, "head_name")
        if old and new and self.masking.full:
            old, new = self.masking.told_apart((old, new), field)
        else:
            old, new = self.masking.shown(old, field), self.masking.shown(new, field)
        return (old, new) if field else (without_numbers(old), without_numbers(new))

    def _framed(self, lines: pd.DataFrame, columns: Mapping[str, str]) -> pd.DataFrame:
        places = {title: name for name, title in _WHERE.items()}
        named: Sequence[tuple[str, str]] = [*places.items(), *columns.items(), ("来源", "source"), ("批次", "batch")]
        frame = pd.DataFrame({title: lines[name].fillna("").astype("str") for title, name in named})
        return frame.assign(收到=lines["received"].dt.strftime("%Y-%m-%d").fillna("").astype("str")).reset_index(
            drop=True
        )
