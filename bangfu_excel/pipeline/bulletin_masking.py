"""What of persons a bulletin shows: it goes out, so that names are masked where the county does not show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from bangfu_excel.assess.bulletin import contents
from bangfu_excel.core.bulletin import Bulletin, Issuer
from bangfu_excel.core.columns import each_once
from bangfu_excel.core.masking import mask, without_names, without_numbers
from bangfu_excel.core.multivalue import SEPARATOR
from bangfu_excel.core.table import Privacy
from bangfu_excel.pipeline.announcing import Tables

_TOLD_BY = r"^(县办更正(?:删除)?)（.*）$"


class Masked:
    """What of persons is shown: what the county says; else of a name the surname, and none of those names in running text."""

    def __init__(self, issuer: Issuer, tables: Tables) -> None:
        self.full = issuer.full
        self.of_household = _names_by_household(tables)
        self.villages = _villages(tables)

    def applied(self, made: Bulletin) -> Bulletin:
        """The bulletin as it may go out, with its contents."""
        visits = self._shown(made.visits)
        visits["content"] = self._texts(made.visits["content"], made.visits)
        unreached = self._shown(made.unreached)
        announced = made.announced and replace(
            made.announced, differences=self._differences(made.announced.differences)
        )
        return replace(made, visits=visits, contents=contents(visits), unreached=unreached, announced=announced)

    def _shown(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The columns of names and numbers as they may be shown, and the names of people in the names of their files."""
        shown = {name: self._names(rows[name]) for name in ("head_name", "visitors") if name in rows}
        shown["household_id"] = self._numbers(rows["household_id"])
        if "file" in rows:
            shown["file"] = self._texts(rows["file"], rows)
        return rows.assign(**shown)

    def _differences(self, rows: pd.DataFrame) -> pd.DataFrame:
        """补报 and 核减; who told the office of a correction is nobody else's business."""
        reason = (
            rows["reason"] if Privacy.NAME in self.full else rows["reason"].str.replace(_TOLD_BY, r"\1", regex=True)
        )
        return self._shown(rows).assign(reason=reason)

    def _names(self, names: pd.Series) -> pd.Series:
        if Privacy.NAME in self.full:
            return names
        return each_once(names, lambda name: name if name in self.villages else mask(name, Privacy.NAME))

    def _numbers(self, numbers: pd.Series) -> pd.Series:
        return numbers if Privacy.IDENTITY in self.full else each_once(numbers, without_numbers)

    def _texts(self, texts: pd.Series, rows: pd.DataFrame) -> pd.Series:
        if not {Privacy.IDENTITY, Privacy.PHONE} <= self.full:
            texts = each_once(texts, without_numbers)
        if Privacy.NAME in self.full:
            return texts
        said = zip(texts, rows["key"], rows["head_name"], rows["visitors"], strict=True)
        return pd.Series([self._text(*one) for one in said], index=texts.index, dtype="str")

    def _text(self, text: object, whom: object, head: object, visitors: object) -> str | None:
        if not isinstance(text, str):
            return None
        own = [name for names in (head, visitors) if isinstance(names, str) for name in names.split(SEPARATOR)]
        return without_names(text, [*own, *self.of_household.get(str(whom), ())])


def _villages(tables: Tables) -> frozenset[str]:
    """The names of villages: where a village is helped it stands where a head of household does elsewhere."""
    named = (rows["village"].dropna() for rows in tables.values() if "village" in rows)
    return frozenset(str(name) for names in named for name in names.unique())


def _names_by_household(tables: Tables) -> Mapping[str, tuple[str, ...]]:
    """Key of a household or child → the names of its people."""
    found: dict[str, list[str]] = {}
    for table, key in (("member", "_recipient"), ("child", "_key"), ("household", "_key")):
        rows = tables.get(table, pd.DataFrame())
        for name in ("name", "head_name", "father_name", "mother_name", "guardian_name"):
            if key in rows and name in rows:
                named = rows[[key, name]].dropna()
                for whom, text in zip(named[key], named[name], strict=True):
                    found.setdefault(whom, []).append(text)
    return {whom: tuple(names) for whom, names in found.items()}
