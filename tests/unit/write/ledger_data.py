"""Invented rows in the shape that the line hands to the ledgers: three households of two townships."""

import datetime as dt

import pandas as pd

from bangfu_excel.core.ledger import Seen
from bangfu_excel.core.ledger_terms import Terms
from bangfu_excel.core.period import Period
from bangfu_excel.domain import CODELISTS, DERIVED, RELATIONS, TABLES
from bangfu_excel.domain.household import HOUSEHOLD
from bangfu_excel.domain.member import MEMBER
from bangfu_excel.domain.pairing import PAIRING
from bangfu_excel.domain.visit import VISIT
from bangfu_excel.profile import load_ledgers, load_profile
from bangfu_excel.write.ledger_rows import LedgerRows
from bangfu_excel.write.occasion import Occasion

DECLARED = {table.name: table for table in (HOUSEHOLD, MEMBER, PAIRING, VISIT)}
AS_OF = dt.date(2024, 6, 30)
OCCASION = Occasion("结对帮扶方案", Period.parse("2024-06"), AS_OF, "20240630-1")
EVERY_LEDGER = load_ledgers(None, load_profile(None, TABLES, CODELISTS, RELATIONS), DERIVED)
LEDGERS = tuple(EVERY_LEDGER[name] for name in ("household", "pairing", "visit"))
PUBLIC = tuple(ledger.model_copy(update={"public": True}) for ledger in LEDGERS)
_ORIGIN = ("_file", "_sheet", "_key", "_recipient", "_helper", "_link", "_withheld")


def citizen(birth: str, sequence: str) -> str:
    """An invented identity number of area 990101 with a valid check digit."""
    digits = f"990101{birth}{sequence}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
    return digits + "10X98765432"[total % 11]


def ledger_rows(given, period="2024-06", declared=DECLARED, county=""):
    """The rows of these tables as the ledgers take them."""
    return LedgerRows(given, Terms(declared, DERIVED), Seen(AS_OF, Period.parse(period), given), county)


def frame(table, records):
    """Rows of `table`: every field in its dtype, and what the run adds (file 六月.xlsx, rows from 4 on)."""
    rows = pd.DataFrame(records)
    out = {}
    for declared in table.fields:
        values = rows[declared.name] if declared.name in rows else [None] * len(rows)
        out[declared.name] = pd.Series(pd.array(values, dtype=declared.kind.dtype), index=rows.index)
    for name in rows.columns.difference(list(out)):
        out[name] = rows[name]
    for name, default in zip(_ORIGIN, ("六月.xlsx", table.label, None, None, None, "exact", ""), strict=True):
        values = rows[name] if name in rows else [default] * len(rows)
        out[name] = pd.Series(pd.array(values, dtype="str"), index=rows.index)
    out.setdefault("_row", pd.Series(range(4, 4 + len(rows)), dtype="int64"))
    return pd.DataFrame(out)


def tables():
    """Households H3, H1 (清水镇) and H2 (石桥乡), written in that order; H3 has its phone withheld."""
    day = pd.Timestamp
    return {
        "household": frame(
            HOUSEHOLD,
            [
                {
                    "township": "清水镇", "village": "柳溪村", "group": "10组", "household_id": "H3", "head_name": "赵国强",
                    "head_id": citizen("19680512", "301"), "member_count": 3, "net_income": 21000.0, "farmland_mu": 4.5,
                    "identified_on": day("2014-03-01"), "identified_on__precision": "month", "_key": "H3", "_withheld": "phone",
                },
                {
                    "township": "清水镇", "village": "柳溪村", "group": "2组", "household_id": "H1", "head_name": "张建国",
                    "head_id": citizen("19591103", "117"), "member_count": 2, "net_income": 8600.0, "net_income__approx": True,
                    "farmland_mu": 3.0, "identified_on": day("2014-03-05"), "phone": "13900010001", "remark": "=1+1", "_key": "H1",
                },
                {
                    "township": "石桥乡", "village": "石坝村", "group": "1组", "household_id": "H2", "head_name": "王秀英",
                    "head_id": citizen("19720229", "42" + "2"), "member_count": 1, "net_income": 5400.5, "phone": "13900010002",
                    "demand": "想学习养殖技术，\n希望镇里安排技术员上门指导", "_key": "H2", "_pending": True,
                },
            ],
        ),
        "member": frame(
            MEMBER,
            [
                {"household_id": "H2", "name": "王秀英", "relation": "户主", "gender": "女", "_recipient": "H2"},
                {"household_id": "H1", "name": "张建国", "relation": "户主", "gender": "男", "_recipient": "H1"},
                {"household_id": "H1", "name": "李桂兰", "relation": "配偶", "gender": "女", "_recipient": "H1"},
            ],
        ),
        "pairing": frame(
            PAIRING,
            [
                {
                    "recipient_name": "张建国", "helper_name": "李明", "helper_unit": "云岭县农业农村局", "is_lead": True,
                    "helper_phone": "13900020002", "started_on": day("2024-01-15"), "_recipient": "H1",
                },
                {"recipient_name": "张建国", "helper_name": "陈静", "is_lead": False, "_recipient": "H1"},
                {"recipient_name": "王秀英", "helper_name": "李明", "_recipient": "H2"},
                {"recipient_name": "孙某某", "township": "石桥乡", "helper_name": "陈静", "_link": "none"},
            ],
        ),
        "visit": frame(
            VISIT,
            [
                {"visited_on": day("2024-06-20"), "head_name": "张建国", "visitors": "李明、陈静", "mode": "入户",
                     "content": "查看住房和饮水。", "_recipient": "H1"},
                {"visited_on": day("2024-06-03"), "head_name": "王秀英", "visitors": "李明", "mode": "电话", "_recipient": "H2"},
            ],
        ),
    }  # fmt: skip
