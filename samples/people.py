"""Invented people of three invented townships: names, numbers with valid check digits, who lives with whom.

The area prefix 990101 belongs to no place; any likeness to a real person is chance.
"""

from __future__ import annotations

from dataclasses import dataclass

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def citizen(birth: str, sequence: int) -> str:
    """An 18-digit number of the invented area, with its check digit; an odd sequence is a man's."""
    body = f"990101{birth}{sequence:03d}"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, _WEIGHTS, strict=True)) % 11]


@dataclass(frozen=True)
class Person:
    """One member of a household."""

    name: str
    relation: str
    birth: str
    sequence: int

    @property
    def number(self) -> str:
        return citizen(self.birth, self.sequence)

    @property
    def gender(self) -> str:
        return "男" if self.sequence % 2 else "女"


@dataclass(frozen=True)
class Household:
    """One household; the first member is its head."""

    id: str
    village: str
    group: str
    kind: str
    cause: str
    labour: int
    income: int  # yuan a year, the whole household
    phone: str
    helper: str
    members: tuple[Person, ...]

    @property
    def head(self) -> Person:
        return self.members[0]


@dataclass(frozen=True)
class Helper:
    """One helper, known by name, unit and phone."""

    name: str
    unit: str
    post: str
    phone: str


def _home(
    id: str,
    village: str,
    group: str,
    kind: str,
    cause: str,
    labour: int,
    income: int,
    phone: str,
    helper: str,
    *members: tuple[str, str, str, int],
) -> Household:
    return Household(id, village, group, kind, cause, labour, income, phone, helper, tuple(Person(*m) for m in members))


HELPERS = {
    helper.name: helper
    for helper in (
        Helper("陈建国", "县农业农村局", "科员", "13990100001"),
        Helper("林晓燕", "县教育局", "副科长", "13990100002"),
        Helper("何志强", "县卫生健康局", "科员", "13990100003"),
        Helper("周文斌", "县水利局", "工程师", "13990100004"),
        Helper("吴秀兰", "县妇联", "主任科员", "13990100005"),
        Helper("郑海涛", "县林业局", "科长", "13990100006"),
    )
}

QINGSHUI = (
    _home("QS0001", "石桥村", "1组", "一般脱贫户", "因病", 2, 45200, "13890100001", "陈建国",
          ("石大山", "户主", "19680412", 11), ("李桂芳", "配偶", "19700923", 22), ("石小雨", "之女", "20050618", 24), ("石小峰", "之子", "20110302", 13)),
    _home("QS0002", "石桥村", "1组", "低保脱贫户", "因残", 1, 21600, "13890100002", "陈建国",
          ("王有田", "户主", "19590101", 15), ("赵玉梅", "配偶", "19610715", 26)),
    _home("QS0003", "石桥村", "2组", "一般脱贫户", "缺技术", 2, 53100, "13890100003", "陈建国",
          ("石长河", "户主", "19750520", 17), ("孙丽华", "配偶", "19771108", 28), ("石明亮", "之子", "20020809", 19)),
    _home("QS0004", "枫树村", "1组", "一般脱贫户", "因学", 2, 38400, "13890100004", "林晓燕",
          ("冯德福", "户主", "19720630", 31), ("钱秋菊", "配偶", "19740212", 42), ("冯晓东", "之子", "20060125", 33)),
    _home("QS0005", "枫树村", "3组", "特困供养脱贫户", "缺劳动力", 0, 10800, "13890100005", "林晓燕",
          ("冯老根", "户主", "19480909", 35)),
    _home("QS0006", "枫树村", "3组", "一般脱贫户", "因灾", 2, 48000, "13890100006", "林晓燕",
          ("曹新民", "户主", "19800317", 37), ("蒋美玲", "配偶", "19820825", 48), ("曹思远", "之子", "20080514", 39), ("曹思琪", "之女", "20130220", 44)),
)  # fmt: skip

YUNLING = (
    _home("YL0001", "松岭村", "1组", "一般脱贫户", "因病", 2, 36000, "13890200001", "何志强",
          ("张国庆", "户主", "19701001", 51), ("马春花", "配偶", "19720404", 62), ("张小军", "之子", "20010707", 53)),
    _home("YL0002", "松岭村", "2组", "一般脱贫户", "缺资金", 2, 41000, "13890200002", "何志强",
          ("张国庆", "户主", "19660215", 55), ("胡翠英", "配偶", "19680330", 66)),
    _home("YL0003", "松岭村", "2组", "低保脱贫户", "因残", 1, 19200, "13890200003", "何志强",
          ("罗志明", "户主", "19630811", 57), ("谢冬梅", "配偶", "19651212", 68)),
    _home("YL0004", "竹坪村", "1组", "一般脱贫户", "因学", 2, 50400, "13890200004", "周文斌",
          ("杨成林", "户主", "19760626", 71), ("唐小菊", "配偶", "19780509", 82), ("杨帆", "之子", "20040411", 73), ("杨柳", "之女", "20091023", 84)),
    _home("YL0005", "竹坪村", "1组", "一般脱贫户", "缺技术", 1, 27000, "13890200005", "周文斌",
          ("杨成武", "户主", "19790118", 75), ("杨小满", "之女", "20120521", 86)),
    _home("YL0006", "竹坪村", "4组", "特困供养脱贫户", "缺劳动力", 0, 9600, "13890200006", "周文斌",
          ("邓阿公", "户主", "19450303", 77)),
)  # fmt: skip

LIUXI = (
    _home("LX0001", "柳湾村", "1组", "一般脱贫户", "因病", 2, 42000, "13890300001", "吴秀兰",
          ("柳青山", "户主", "19690505", 91), ("许凤仙", "配偶", "19710616", 102), ("柳小燕", "之女", "20070808", 104)),
    _home("LX0002", "柳湾村", "1组", "一般脱贫户", "因学", 2, 39000, "13890300002", "吴秀兰",
          ("柳正平", "户主", "19740902", 93), ("彭玉珍", "配偶", "19761014", 106), ("柳文博", "之子", "20050327", 95)),
    _home("LX0003", "柳湾村", "2组", "低保脱贫户", "因残", 1, 18000, "13890300003", "吴秀兰",
          ("苏大勇", "户主", "19600707", 97), ("叶秀珍", "配偶", "19620819", 108)),
    _home("LX0004", "桃源村", "1组", "一般脱贫户", "缺技术", 2, 46800, "13890300004", "郑海涛",
          ("陶永福", "户主", "19730225", 111), ("姜丽萍", "配偶", "19750406", 122), ("陶金鑫", "之子", "20031130", 113)),
    _home("LX0005", "桃源村", "2组", "一般脱贫户", "因灾", 2, 36600, "13890300005", "郑海涛",
          ("陶永禄", "户主", "19780712", 115), ("方晓云", "配偶", "19800923", 126), ("陶雨欣", "之女", "20100604", 128)),
    _home("LX0006", "桃源村", "2组", "一般脱贫户", "缺资金", 1, 15600, "13890300006", "郑海涛",
          ("范守义", "户主", "19550419", 117), ("丁桂香", "配偶", "19570521", 130)),
)  # fmt: skip
