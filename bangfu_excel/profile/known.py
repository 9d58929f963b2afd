"""What a scheme may name: the tables, code lists and rules that there are in a county."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from bangfu_excel.core.codelist import CodeList
from bangfu_excel.core.scheme import Cadence, Coded, Declared, KindOfTable, Scheme
from bangfu_excel.core.table import Table
from bangfu_excel.profile.county import Profile
from bangfu_excel.profile.toml import complain, did_you_mean

_Named = tuple[str, Coded | Declared, str]  # key path, what the word must be, the word


@dataclass(frozen=True)
class Known:
    """Names that stand for something."""

    tables: Mapping[str, Table]
    codelists: Mapping[str, CodeList]
    rules: Collection[str]
    ledgers: Collection[str]
    forms: Collection[str]
    metrics: Collection[str]

    @classmethod
    def of(cls, profile: Profile, metrics: Collection[str]) -> Known:
        """What is known in a county. metrics: ids of the figures that an assessment can count."""
        codes = {rule.code for table in profile.tables.values() for rule in table.rules}
        return cls(
            profile.tables,
            profile.codelists,
            codes | {relation.code for relation in profile.relations},
            profile.ledger_ids,
            profile.forms,
            metrics,
        )

    def refuse_unknown(self, scheme: Scheme, file: Path) -> None:
        """`ConfigError` for the first word of `scheme` that stands for nothing, with its key and the nearest that does."""
        for path, mark, word in _named(scheme, ""):
            reason = self._coded(mark.codelist, word) if isinstance(mark, Coded) else self._declared(mark, word)
            if reason:
                raise complain(file, path, reason)

    def in_labels(self, scheme: Scheme) -> Scheme:
        """The scheme with the label in place of each synonym: records hold labels, a synonym would never be found in them."""
        changed = self._relabelled(scheme)
        return changed if isinstance(changed, Scheme) else scheme

    def _relabelled(self, record: BaseModel) -> BaseModel:
        changes: dict[str, object] = {}
        for name, field in type(record).model_fields.items():
            value = getattr(record, name)
            new = self._with_labels(value)
            for mark in field.metadata:
                if codes := self._codes_of(mark, record):
                    new = _labels(value, codes)
            if new != value:
                changes[name] = new
        return record.model_copy(update=changes) if changes else record

    def _with_labels(self, value: object) -> object:
        if isinstance(value, BaseModel):
            return self._relabelled(value)
        if isinstance(value, tuple):
            return tuple(self._with_labels(item) for item in value)
        return value

    def _codes_of(self, mark: object, record: BaseModel) -> CodeList | None:
        if isinstance(mark, Coded):
            return self.codelists[mark.codelist]
        if isinstance(mark, KindOfTable) and isinstance(record, Cadence):
            table = self.tables[record.table]
            return self.codelists.get(table["kind"].codelist) if "kind" in table else None
        return None

    def _coded(self, name: str, word: str) -> str:
        codes = self.codelists[name]
        if codes.label_of(word) is not None:
            return ""
        return f"“{codes.title}”里没有“{word}”{did_you_mean(word, codes.labels)}"

    def _declared(self, mark: Declared, word: str) -> str:
        if mark.what == "table":
            return "" if word in self.tables else f"没有“{word}”这张表{did_you_mean(word, self.tables)}"
        if mark.what == "statistic":
            known = [statistic.id for table in self.tables.values() for statistic in table.statistics]
            return "" if word in known else f"没有“{word}”这个统计指标{did_you_mean(word, known)}"
        if mark.what == "rule":
            return "" if word in self.rules else f"没有编号为“{word}”的规则{did_you_mean(word, self.rules)}"
        if mark.what == "ledger":
            return "" if word in self.ledgers else f"没有“{word}”这本台账{did_you_mean(word, self.ledgers)}"
        if mark.what == "form":
            return "" if word in self.forms else f"没有“{word}”这份表样{did_you_mean(word, self.forms)}"
        if mark.what == "metric":
            return "" if word in self.metrics else f"没有“{word}”这个考核指标{did_you_mean(word, self.metrics)}"
        return self._field(word)

    def _field(self, word: str) -> str:
        """What is wrong with `table.field` or `table.field=label`."""
        place, _, label = word.partition("=")
        table, _, name = place.partition(".")
        if table not in self.tables:
            return f"没有“{table}”这张表{did_you_mean(table, self.tables)}"
        if name not in self.tables[table]:
            return f"“{self.tables[table].label}”表里没有“{name}”这个字段{did_you_mean(name, self.tables[table].names)}"
        if not label:
            return ""
        codes = self.tables[table][name].codelist
        return self._coded(codes, label) if codes else f"“{place}”不是从代码表里选的，不能写“={label}”"


def _named(record: BaseModel, path: str) -> Iterator[_Named]:
    """Every word of a record and of the records in it that must stand for something."""
    for name, field in type(record).model_fields.items():
        value, at = getattr(record, name), f"{path}.{name}" if path else name
        for mark in field.metadata:
            if isinstance(mark, Coded | Declared):
                yield from ((at, mark, word) for word in _words(value))
            elif isinstance(mark, KindOfTable) and isinstance(record, Cadence):
                yield from ((at, Declared("field"), f"{record.table}.kind={word}") for word in _words(value))
        if isinstance(value, BaseModel):
            yield from _named(value, at)
        elif isinstance(value, tuple):
            for position, item in enumerate(value, start=1):
                if isinstance(item, BaseModel):
                    yield from _named(item, f"{at}[{position}]")


def _labels(value: object, codes: CodeList) -> object:
    if isinstance(value, tuple):
        return tuple(codes.label_of(word) or word for word in value)
    return codes.label_of(value) or value if isinstance(value, str) else value


def _words(value: str | Iterable[str]) -> list[str]:
    return [word for word in ((value,) if isinstance(value, str) else value) if word]
