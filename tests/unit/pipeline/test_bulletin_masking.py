"""What of persons a bulletin shows: names are masked, and villages, which stand in their place where they are helped, are not."""

from __future__ import annotations

import pandas as pd

from bangfu_excel.core.bulletin import Issuer
from bangfu_excel.pipeline.bulletin_masking import Masked


def test_a_village_is_not_masked_as_a_person_is():
    masked = Masked(Issuer(), {"village": pd.DataFrame({"village": ["槐树村", None]})})
    names = pd.Series(["槐树村", "槐树根", None], dtype="str")
    assert masked._names(names).fillna("").tolist() == ["槐树村", "槐**", ""]
