"""What an assessment workbook tells of a plan: how its recipients are called, and which sheets it has anything to say in."""

from __future__ import annotations

from dataclasses import dataclass

from bangfu_excel.core.scheme import Scheme

KINDS = ("户", "儿童", "学生", "村", "学校", "对象")
_OF_ROSTER = {"child": ("儿童", "学生"), "village": ("村",)}


@dataclass(frozen=True)
class Scope:
    """Of a plan that helps households, as long as nothing else is said.

    one: how a paired recipient is called · whom: how those are called whom visits and windows are told of, which may be others
    (a plan that helps villages has their households visited), and the sheet that lists them · homes: whether there are households among
    its recipients · windows: whether it says how often helpers are to visit them.
    """

    one: str = "户"
    whom: str = "户"
    homes: bool = True
    windows: bool = True

    @property
    def only_homes(self) -> bool:
        """Whether nobody but households is helped."""
        return self.one == "户"

    @property
    def head(self) -> str:
        """What stands over the names of `whom`."""
        return "户主" if self.only_homes else "对象"

    @property
    def each(self) -> str:
        """One of `whom` in a sentence."""
        return "户" if self.only_homes else "个对象"


def scope_of(scheme: Scheme) -> Scope:
    """What its own words say of it."""
    windows = bool(scheme.evaluated)
    if scheme.rosters == ("household",):
        return Scope(windows=windows)
    return Scope(_one(scheme), "对象", "household" in scheme.rosters, windows)


def _one(scheme: Scheme) -> str:
    """The first word of the plan for those whom it helps, where they are all of one kind."""
    if not scheme.rosters:
        return "学校"
    meant = _OF_ROSTER.get(scheme.rosters[0], ()) if len(scheme.rosters) == 1 else ()
    return next((kind for kind in (*scheme.recipients.kinds, *meant) if kind in meant), "对象")
