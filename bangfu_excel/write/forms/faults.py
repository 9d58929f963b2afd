"""The mistakes of a form, gathered and told at once."""

from __future__ import annotations

from dataclasses import dataclass, field

from bangfu_excel.errors import ConfigError

_TOLD = 5


@dataclass
class Faults:
    """The mistakes of the form `file`, in the order in which they were found."""

    file: str
    said: list[str] = field(default_factory=list)

    def add(self, sheet: str, cell: str, sentence: str) -> None:
        """One more; cell "": of the sheet, sheet "": of the workbook."""
        place = f"“{sheet}”" if sheet else ""
        told = f"{place}{cell}：{sentence}" if place or cell else sentence
        if told not in self.said:
            self.said.append(told)

    def raise_any(self) -> None:
        """`ConfigError` with the first five, where there are any."""
        if self.said:
            more = f"；等{len(self.said)}处" if len(self.said) > _TOLD else ""
            raise ConfigError(f"表样“{self.file}”有误：{'；'.join(self.said[:_TOLD])}{more}")
