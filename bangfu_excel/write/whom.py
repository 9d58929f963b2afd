"""How those are called and counted whom a plan helps, and how one goes to them."""

from __future__ import annotations

from dataclasses import dataclass

from bangfu_excel.core.scheme import Scheme

_HOUSEHOLD = "户"
_WORDS = {
    "户": ("帮扶户", "户", "户"), "村": ("帮扶村", "个", "村"), "学校": ("帮扶学校", "所", "学校"),
    "学生": ("帮扶学生", "名", "学生"), "儿童": ("帮扶儿童", "名", "儿童"),
}  # fmt: skip


@dataclass(frozen=True)
class Whom:
    """How the recipients are called (帮扶学生), counted (名; 名学生), what they are (学生), and how one goes to them (入户, 进村, 到校)."""

    name: str
    each: str
    unit: str
    noun: str
    going: str

    @classmethod
    def of(cls, scheme: Scheme) -> Whom:
        """The first kind that the plan names; households where it names none."""
        kind = (scheme.recipients.kinds or (_HOUSEHOLD,))[0]
        name, unit, noun = _WORDS.get(kind, ("帮扶对象", "个", "对象"))
        counted = unit if unit == noun else unit + noun
        return cls(name, unit, counted, noun, {"村": "进村", "学校": "到校"}.get(kind, "入户"))

    @property
    def number(self) -> str:
        """What stands over a column of their numbers: 学生数."""
        return f"{self.noun}数"

    @property
    def head(self) -> str:
        """What stands over a column of their names."""
        return "户主" if self.noun == _HOUSEHOLD else self.noun
