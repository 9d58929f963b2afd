"""What an entry of the registry changed, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bangfu_excel.merge import Effect


def effect_words(effect: Effect, labels: Mapping[str, str], verbs: tuple[str, str, str]) -> str:
    """走访记录新增8条、减少5条；帮扶对象户改1条: "" where nothing changed. verbs: of what came, went and says something else."""
    numbers = dict(zip(verbs, (effect.back, effect.gone, effect.changed), strict=True))
    tables = dict.fromkeys(name for counted in numbers.values() for name in counted)
    said = [
        labels.get(name, name)
        + "、".join(f"{verb}{counted[name]}条" for verb, counted in numbers.items() if name in counted)
        for name in tables
    ]
    return "；".join([*said, *_of_announced(effect)])


def _of_announced(effect: Effect) -> Iterator[str]:
    """What becomes of visits that announcements have counted: their figures stay, the next one tells."""
    told = effect.announced
    months = "、".join(told.months)
    if told.gone:
        yield f"其中{told.gone}次走访在已经印发的通报里计过数（{months}）：那时的数不变，下一期通报列为核减"
    if told.back:
        yield (
            f"其中{told.back}次走访在已经印发的通报里计过数（{months}）：那时的数不变，下一期通报不列核减；"
            "后来的通报已经列过核减的，下一期列为补报"
        )
