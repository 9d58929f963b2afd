"""Metrics of visits: windows met, households entered, the plan's other cadences."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bangfu_excel.assess.counts import HOME
from bangfu_excel.assess.facts import NO_TOWNSHIP
from bangfu_excel.assess.metrics.counting import Counting
from bangfu_excel.assess.metrics.items import in_township, of_households
from bangfu_excel.assess.metrics.responsible import units_of
from bangfu_excel.assess.metrics.sides import Bools, Side, by_sides
from bangfu_excel.assess.obliged import first_of, number_of
from bangfu_excel.core.assessment import COUNTY
from bangfu_excel.core.metric import Metric

Words = NDArray[np.object_]


def _windows(counting: Counting) -> pd.DataFrame:
    """A row a due window of a helper, his unit and his household."""
    rows = counting.counted.windows
    met = {name: (rows[name] >= rows["target"]).to_numpy() for name in ("count", "unit_count", "household_count")}
    at = np.arange(len(rows))
    whose = _subjects(counting, rows)
    sides = [
        Side(np.ones(len(rows), dtype=bool), met["count"], {"helper": whose["helper"]}, at),
        Side(rows["unit_first"].to_numpy(bool), met["unit_count"], {"unit": whose["unit"]}, at),
        Side(rows["household_first"].to_numpy(bool), met["household_count"], _area(whose), at),
    ]
    said = {"what": rows["label"].to_numpy(dtype=object), "whom": whose["whom"], "date": rows["due_to"].to_numpy()}
    return by_sides(said, sides)


def _entered(counting: Counting) -> pd.DataFrame:
    """A row a helper and household that he is paired with on the day."""
    rows = counting.counted.pairings
    rows = rows[rows["active"]].reset_index(drop=True)
    visits = counting.counted.visits
    home = visits[(visits["mode"] == HOME) & (visits["household"] >= 0)]
    whose = _subjects(counting, rows)
    household = rows["household"].to_numpy(np.int64)
    sides = [
        Side(np.ones(len(rows), dtype=bool), _met(rows, home, "helper"), {"helper": whose["helper"]}, household),
        Side(first_of(rows["unit"], rows["household"]), _met(rows, home, "unit"), {"unit": whose["unit"]}, household),
        Side(
            first_of(rows["household"]), rows["household"].isin(home["household"]).to_numpy(), _area(whose), household
        ),
    ]
    return by_sides({"whom": whose["whom"]}, sides)


def _met(rows: pd.DataFrame, home: pd.DataFrame, who: str) -> Bools:
    """Whether this one entered the household of the row."""
    own = home[home[who] >= 0]
    size = len(rows)
    number = number_of(pd.concat([rows[who], own[who]]), pd.concat([rows["household"], own["household"]]))
    return np.asarray(pd.Series(number[:size]).isin(number[size:]), dtype=bool)


def _subjects(counting: Counting, rows: pd.DataFrame) -> dict[str, Words]:
    facts = counting.facts
    helpers = facts.helpers["key"].to_numpy(dtype=object)[rows["helper"].to_numpy(np.int64)]
    units = np.array(facts.units, dtype=object)[rows["unit"].to_numpy(np.int64)]
    return {"helper": helpers, "unit": units} | of_households(facts, rows["household"].to_numpy(np.int64))


def _area(whose: dict[str, Words]) -> dict[str, Words]:
    everybody = np.full(len(whose["township"]), COUNTY, dtype=object)
    return {"village": whose["village"], "township": whose["township"], "county": everybody}


def _duties(counting: Counting) -> pd.DataFrame:
    """A row a due window of the other cadences: of whom it is due from, and of the place of whom it is due to."""
    rows = counting.duties
    most = rows["most"].isna() | (rows["count"] <= rows["most"])
    own = ((rows["count"] >= rows["target"]) & most.fillna(True)).to_numpy(bool)
    thing = pd.factorize(pd.MultiIndex.from_frame(rows[["rule", "whom", "label"]]))[0]
    place = {
        "village": in_township(rows["township"].fillna(""), rows["village"].fillna("")).to_numpy(dtype=object),
        "township": rows["township"].fillna(NO_TOWNSHIP).to_numpy(dtype=object),
        "county": np.full(len(rows), COUNTY, dtype=object),
    }
    sides = [
        Side(np.ones(len(rows), dtype=bool), own, _owing(counting, rows), np.arange(len(rows))),
        Side(first_of(thing), (rows["subject_count"] >= rows["target"]).to_numpy(bool), place, thing),
    ]
    said = {
        "what": (rows["title"] + "：" + rows["label"]).to_numpy(dtype=object),
        "whom": rows["whom_name"].fillna("").to_numpy(dtype=object),
        "date": rows["due_to"].to_numpy(),
    }
    return by_sides(said, sides)


def _owing(counting: Counting, rows: pd.DataFrame) -> dict[str, Words]:
    """Level → who owes it. A class and a class teacher are of their school, which stands in the key before them."""
    blank = pd.Series("", index=rows.index, dtype="str")
    level, who = rows["level"], rows["who"]
    school = counting.spelled("child", "school", who.str.partition("|")[0] if len(rows) else who)
    taught = (level == "class") | ((level == "helper") & ~who.isin(counting.facts.helpers["key"]))
    unit = units_of(counting, who).where(level == "unit", "")
    own = who.where(level == "helper", "").map(counting.units).astype("str").fillna("")
    found = {
        "helper": who.where(level == "helper", ""),
        "group": counting.spelled("pairing", "group", rows["who_name"]).where(level == "group", ""),
        "unit": unit.where(unit != "", own),
        "school": school.where(taught, blank),
    }
    return {name: words.fillna("").to_numpy(dtype=object) for name, words in found.items()}


CADENCE_RATE = Metric(
    "cadence_rate", "走访达标率", "rate", "%", "达标时段", "应走访时段",
    "每对结对每个应走访的时段为一项，走访天数达到规定次数的为达标。帮扶人按本人走访计；帮扶单位同一户同一时段只算一项，本单位任何一名帮扶人走访都算；"
    "乡镇、村和全县每户每个时段只算一项，任何一名帮扶人走访都算。", ("pairing",), _windows,
    levels=("helper", "unit", "school", "village", "township", "county"),
)  # fmt: skip
ENTERED_RATE = Metric(
    "entered_rate", "入户率", "rate", "%", "已入户", "结对户",
    "截止日结对在执行的每户为一项，统计期内入户走访过至少一次的为已入户；电话联系、集中走访不算。帮扶人按本人走访计，帮扶单位本单位任何人走访都算，"
    "乡镇、村和全县任何人走访都算。", ("pairing",), _entered, levels=("helper", "unit", "school", "village", "township", "county"),
)  # fmt: skip
DUTY_RATE = Metric(
    "duty_rate", "各项频次完成率", "rate", "%", "完成时段", "应完成时段",
    "方案规定的其他频次（如每组每周进村、每月谈心、节日慰问），应做的每个时段为一项，达到规定次数、又不超过上限的为完成。帮扶人、小组、单位按自己应做的计；"
    "乡镇、村和全县按受帮扶的一方计，同一对象同一时段只算一项，谁做都算。", (), _duties,
    levels=("helper", "group", "unit", "school", "village", "township", "county"),
)  # fmt: skip
METRICS = (CADENCE_RATE, ENTERED_RATE, DUTY_RATE)
