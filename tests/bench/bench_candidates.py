"""Seconds and memory of the search for possible duplicates: python tests/bench/bench_candidates.py [persons]

Invented persons in households of four, 250 households a village, with planted pairs of every reason, one phone that
thousands share and one village where a hundred are called the same.
"""

from __future__ import annotations

import sys
import time

import numpy as np
import pandas as pd
import psutil

from bangfu_excel.merge.candidates import find_candidates

SURNAMES = np.array(list("王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗"))
GIVEN = np.array(list("伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰春梅建国志红文斌海燕"))
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
MB = 1024 * 1024


def invented(count: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Members and households; every hundredth person is a copy of the one before the last, with something changed."""
    random = np.random.default_rng(7)
    home = np.arange(count) // 4
    village = home // 250
    names = SURNAMES[random.integers(0, 20, count)] + GIVEN[random.integers(0, len(GIVEN), count)]
    names = names + GIVEN[random.integers(0, len(GIVEN), count)]
    day = random.integers(0, 27000, count).astype("timedelta64[D]") + np.datetime64("1945-01-01")
    stems = [
        f"990101{text}{n:03d}"
        for text, n in zip(np.char.replace(day.astype(str), "-", ""), random.integers(0, 1000, count), strict=True)
    ]
    for at in range(100, count, 100):
        changed, kind = stems[at - 2], at // 100 % 3
        stems[at] = (
            changed if kind == 0 else changed[:-1] + str((int(changed[-1]) + 1) % 10) if kind == 1 else stems[at]
        )
        names[at], day[at], village[at] = names[at - 2], day[at - 2], village[at - 2]
    names[5000:5100] = "王建国"
    numbers = [stem + "10X98765432"[sum(int(d) * w for d, w in zip(stem, WEIGHTS, strict=True)) % 11] for stem in stems]
    phones = np.where(
        random.random(count) < 0.3,
        "13900000000",
        "1390" + pd.Series(random.integers(0, 10**7, count)).astype(str).str.zfill(7),
    )
    keys = "H" + pd.Series(home).astype(str)
    members = pd.DataFrame(
        {
            "_key": keys + "|" + pd.Series(numbers), "_recipient": keys, "name": names, "id_number": numbers,
            "birth_date": day.astype("datetime64[ns]"), "phone": phones,
            "township": pd.Series(village // 15).map("乡{}".format), "village": pd.Series(village).map("村{}".format),
            "_file": "a.xlsx", "_sheet": "表", "_row": np.arange(count) + 2,
        }
    )  # fmt: skip
    members["id_number"] = members["id_number"].where(random.random(count) > 0.02)
    first = members.iloc[::4].reset_index(drop=True)
    households = first.assign(_key=first["_recipient"], head_name=first["name"], head_id=first["id_number"])
    return members, households[
        ["_key", "head_name", "head_id", "phone", "township", "village", "_file", "_sheet", "_row"]
    ]


def main(count: int) -> None:
    members, households = invented(count)
    before = psutil.Process().memory_info().rss
    started = time.process_time()
    found = find_candidates(members, households)
    spent = time.process_time() - started
    print(
        f"{count} persons, {len(households)} households: {spent:.1f} s CPU, +{(_peak() - before) / MB:.0f} MB at most"
    )
    print(f"{len(found.pairs)} pairs: {found.pairs['reasons'].value_counts().to_dict()}")
    print(found.crowded.to_string())


def _peak() -> int:
    """The most that this process has held."""
    info = psutil.Process().memory_info()
    if hasattr(info, "peak_wset"):
        return int(info.peak_wset)
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
