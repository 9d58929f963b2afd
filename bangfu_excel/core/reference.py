"""Whom the rows of a table mean: which of its fields say it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Reference:
    """The fields of a table that name the recipient; a field that the table does not have is not stated.

    id: number of a household · person: identity number · name: of the head, a member, a child, a village or a school ·
    head: of that household, where another of it may be named beside him; he is meant where nobody is · kind: what sort of recipient it is (code list recipient_kind) · school, class_name: of a pupil.
    """

    id: str = "household_id"
    person: str = "head_id"
    name: str = "head_name"
    township: str = "township"
    village: str = "village"
    group: str = "villager_group"
    head: str = ""
    kind: str = "recipient_kind"
    school: str = "school"
    class_name: str = "class_name"
    owns_person: bool = False  # the identity number is the row's own, not a reference

    @property
    def replaced(self) -> frozenset[str]:
        """Fields for which `_recipient` stands in the row's own key."""
        own = () if self.owns_person else (self.person,)
        place = (self.township, self.village, self.group)
        return frozenset((self.id, self.name, *place, self.school, self.class_name, *own))
