"""Whom a plan helps, who helps, and who is paired with whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, model_validator

from bangfu_excel.core.scheme.element import Coded, Element, Fields, Strict

Level = Literal["person", "group", "unit", "school", "branch"]
Side = Literal["household", "person", "child", "village", "school", "branch"]


class Category(Element):
    """A kind of recipient that the plan names."""

    code: Annotated[str, Coded("recipient_category")] = Field(title="类别")


class Recipients(Strict):
    """Whom the plan helps.

    announced: how many categories the plan itself announces; a difference is shown, never refused.
    """

    kinds: Annotated[tuple[str, ...], Coded("recipient_kind")] = Field(default=(), title="对象种类")
    categories: tuple[Category, ...] = Field(default=(), title="对象类别")
    announced: int | None = Field(default=None, ge=1, title="方案自称的类别数")


class Helper(Element):
    """A kind of helper, what he must be, and whether each of them must help somebody."""

    kind: Annotated[str, Coded("helper_kind")] = Field(default="", title="帮扶人类型")
    gender: Annotated[str, Coded("gender")] = Field(default="", title="性别要求")
    politics: Annotated[tuple[str, ...], Coded("politics")] = Field(default=(), title="政治面貌要求")
    civil_levels: Annotated[tuple[str, ...], Coded("civil_level")] = Field(default=(), title="文明单位级别")
    must: bool = Field(default=False, title="人人都要结对")


class Role(Element):
    """A part that somebody plays in the plan, and the columns in which he is written down."""

    fields: Fields = Field(default=(), title="记在")


class Bounds(Strict):
    """How many there may be; `most` missing is no limit."""

    least: int = Field(default=0, ge=0, title="至少")
    most: int | None = Field(default=None, ge=1, title="至多")

    @model_validator(mode="after")
    def _ordered(self) -> Bounds:
        if self.most is not None and self.most < self.least:
            raise ValueError("至多（most）小于至少（least）")
        return self


class Pattern(Element):
    """Who is paired with whom, and how many of one side with how many of the other.

    helpers: of one recipient, at one time · recipients: of one helper, group or unit · load: rank → most recipients,
    where the rank is read in the helper's post · free_members: members of a group that the plan does not define ·
    targets: level of the unit → what its village is to reach by the end of the term.
    """

    id: str = Field(title="代号")
    code: Annotated[str, Coded("pairing_pattern")] = Field(title="结对方式")
    level: Level = Field(default="person", title="帮扶一方")
    whom: Side = Field(default="household", title="受助一方")
    helpers: Bounds = Field(default=Bounds(), title="一个对象的帮扶方")
    recipients: Bounds = Field(default=Bounds(), title="一方帮扶的对象")
    members: tuple[str, ...] = Field(default=(), title="小组成员")
    free_members: int = Field(default=0, ge=0, title="方案没有写明的成员数")
    load: Mapping[str, int] = Field(default_factory=dict, title="按职级限户")
    one_lead: bool = Field(default=False, title="几方共帮的定一个牵头")
    first_meeting_days: int | None = Field(default=None, ge=1, title="结对后几天内见面")
    first_meeting: bool = Field(default=False, title="结对后要有首次见面")
    replacement_days: int | None = Field(default=None, ge=1, title="取消资格后几天内改派")
    replacement: bool = Field(default=False, title="取消资格后要改派")
    term_years: int | None = Field(default=None, ge=1, title="结对期限（年）")
    open_ended: bool = Field(default=False, title="长期结对")
    targets: Annotated[Mapping[str, str], Coded("civil_level")] = Field(default_factory=dict, title="期满目标")
