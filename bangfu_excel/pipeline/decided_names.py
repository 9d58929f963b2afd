"""What a filled-in 冲突裁决.xlsx says of names that may mean several households, children or villages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from bangfu_excel.pipeline.answers import Answer, Answered, Record
from bangfu_excel.pipeline.record_words import key_mark
from bangfu_excel.write import decision_book as book


@dataclass(frozen=True)
class Recipients:
    """The registered households, children and villages by mark of the key, the households by number, and what was decided of references."""

    by_mark: Mapping[str, str]
    by_number: Mapping[str, frozenset[str]]
    decided: tuple[Record, ...]

    @classmethod
    def of(
        cls, households: pd.DataFrame | None, others: Iterable[str], links: Iterator[Record], now: Mapping[str, str]
    ) -> Recipients:
        """From what is known of households, the keys of children and villages, and the decisions in force, oldest first.

        now: key of then → who is meant by it.
        """
        keys = {key_mark(key): key for key in others}
        numbers: dict[str, set[str]] = {}
        if households is not None:
            for key, number in zip(households["_key"].tolist(), households["household_id"].tolist(), strict=True):
                if isinstance(key, str):
                    keys[key_mark(key)] = key
                    numbers.setdefault(str(number), set()).add(key)
        there = set(keys.values())
        former = {key_mark(then): key for then, key in now.items() if key in there and then not in there}
        return cls({**former, **keys}, {number: frozenset(found) for number, found in numbers.items()}, tuple(links))

    def read(self, answer: Answer) -> Answered:
        """What a row decides: a record, nothing, or what is wrong with it."""
        link, candidates = answer.mark["link"], answer.mark["candidates"]
        before = next((one for one in reversed(self.decided) if one["link"] == link), None)
        if not answer.text:
            return Answered(left=before is None)
        none_of = [self.by_mark[mark] for mark in candidates.values() if mark in self.by_mark]
        key = None if answer.text == book.NOBODY else self._key(answer.text, candidates, numbered="beyond" not in link)
        if key == "" and answer.text in candidates:
            return answer.wrong(
                f"选的{'' if 'beyond' in link else '户'}已经不在台账库里，或者这份表不是从这个台账库来的；请核对 --registry，或重新运行 bangfu run 生成一份"
            )
        if key == "" and "beyond" in link:
            return answer.wrong("填的不是所列的，请从下拉框里选")
        if key == "":
            return answer.wrong("填的不是所列的户，台账库里也没有这个户编号，请从下拉框里选，或核对户编号")
        record = {"link": link, "key": key, "place": answer.place, **({} if key else {"none_of": sorted(none_of)})}
        same = before is not None and all(before.get(name) == record.get(name) for name in ("key", "none_of"))
        return Answered(record=record, known=same)

    def _key(self, text: str, candidates: Mapping[str, str], *, numbered: bool) -> str:
        """The key of whom was chosen or, where it is a household, whose number was typed; "" where there is none or there are several."""
        if text in candidates:
            return self.by_mark.get(candidates[text], "")
        found = self.by_number.get(text, frozenset()) if numbered else frozenset()
        return next(iter(found)) if len(found) == 1 else ""
