"""A figure that plans quote: how many of those who are asked about, with numerator, denominator and what was missing.

What is missing is never counted as no: it stands in neither the numerator nor the denominator, and is told beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from bangfu_excel.core.codelist import CodeList
from bangfu_excel.core.multivalue import SEPARATOR
from bangfu_excel.core.rule import Given
from bangfu_excel.errors import DeclarationError

NOT_ASKED = ""
"""The category of a row that a statistic does not ask about: it is counted nowhere."""
TALLY = ("group", "category", "numerator", "denominator", "missing")

Mask = Callable[[pd.DataFrame, Given], pd.Series]


@dataclass(frozen=True)
class Statistic:
    """What all statistics have. `title` is a sheet's name too; `note` says for a clerk who counts and who does not.

    reads: fields of its table that it uses · unit: of the value (% or 次, 元) · counted: of numerator and denominator.
    """

    id: str
    title: str
    reads: tuple[str, ...]
    note: str
    counted: str
    unit: str = "%"

    def __post_init__(self) -> None:
        if not (self.id and self.title and self.reads and self.note):
            raise DeclarationError(f"统计指标{self.id!r}缺少名称、所读字段或口径")

    def labels(self, codelists: Mapping[str, CodeList]) -> tuple[str, ...]:
        """Its categories, in the order in which they are shown."""
        raise NotImplementedError

    def tally(
        self, rows: pd.DataFrame, groups: pd.Series, given: Given, codelists: Mapping[str, CodeList]
    ) -> pd.DataFrame:
        """Columns `TALLY`: a row each group (of `groups`, in order of appearance) and category. groups: one for each of `rows`."""
        raise NotImplementedError


@dataclass(frozen=True)
class Shares(Statistic):
    """How the rows divide into categories.

    of: each row's category, several joined with 、; missing where nothing is said, `NOT_ASKED` where it is not asked ·
    categories, or the code list whose labels they are.
    """

    of: Mask = None  # type: ignore[assignment]
    categories: tuple[str, ...] = ()
    codelist: str = ""

    def __post_init__(self) -> None:
        Statistic.__post_init__(self)
        if bool(self.categories) == bool(self.codelist) or any(SEPARATOR in name for name in self.categories):
            raise DeclarationError(f"统计指标{self.id}：类别和代码表只写一样，类别里不能有顿号")

    def labels(self, codelists: Mapping[str, CodeList]) -> tuple[str, ...]:
        return self.categories or codelists[self.codelist].labels

    def tally(
        self, rows: pd.DataFrame, groups: pd.Series, given: Given, codelists: Mapping[str, CodeList]
    ) -> pd.DataFrame:
        said = self.of(rows, given).astype("str")
        known = said.notna() & (said != NOT_ASKED)
        parts = said[known].str.split(SEPARATOR).explode()
        sums = _sums({"denominator": known.astype("int64"), "missing": said.isna().astype("int64")}, groups)
        taken = pd.crosstab(groups.loc[parts.index].to_numpy(), parts.to_numpy())
        labels = self.labels(codelists)
        counts = taken.reindex(index=sums.index, columns=list(labels), fill_value=0)
        return _long({label: sums.assign(numerator=counts[label]) for label in labels})


@dataclass(frozen=True)
class Average(Statistic):
    """The weighted mean of a number: numerator the weighted sum, denominator the sum of weights.

    category: what the mean is called.
    """

    number: Mask = None  # type: ignore[assignment]
    weight: Mask = None  # type: ignore[assignment]
    category: str = ""

    def labels(self, codelists: Mapping[str, CodeList]) -> tuple[str, ...]:
        return (self.category,)

    def tally(
        self, rows: pd.DataFrame, groups: pd.Series, given: Given, codelists: Mapping[str, CodeList]
    ) -> pd.DataFrame:
        number, weight = (test(rows, given).astype("Float64") for test in (self.number, self.weight))
        asked = weight.ne(0).fillna(True).astype(bool)
        missing = (number.isna() | weight.isna()) & asked
        parts = {"numerator": number * weight, "denominator": weight}
        sums = _sums({name: part.mask(missing, 0).fillna(0).astype(float) for name, part in parts.items()}, groups)
        return _long(
            {self.category: sums.assign(missing=_sums({"missing": missing.astype("int64")}, groups)["missing"])}
        )


def _sums(columns: Mapping[str, pd.Series], groups: pd.Series) -> pd.DataFrame:
    return pd.DataFrame(columns).groupby(groups.to_numpy(), sort=False).sum()


def _long(by_category: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Groups in the order of appearance, the categories of each in theirs."""
    parts = [part.rename_axis("group").reset_index().assign(category=name) for name, part in by_category.items()]
    return pd.concat(parts).sort_index(kind="stable").reset_index(drop=True)[list(TALLY)]
