"""Garbled text is told from ordinary text, whatever people and places are called."""

import random

import pytest

from bangfu_excel.core.mojibake import garbled_positions, is_garbled, repaired

WRITTEN = ("户主姓名", "联系电话", "因病致贫")
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤亓逄仝乜笪嵇郗訾佘麴逯蔺卞璩祁仉邸郏"
RARE = "喆堃垚犇骉淼鑫焱煊婧媛妍嫣琛琪瑾瑜璇玥玥珺睿祎翀旻昱昇晗暄栩榕槿楠沁沅泓洺涵湉滢潇澍熠燊彧翊羿翯芃芊苒荞菡葳蓓蕙薇蘅贇赟轶邈郜钰铄锴镕阗隽雯霏霖韬頔馥驿骁鸢麒龑嫚妧姣姗婳媖嫄孀岢岚峥崟嵘嶙"
PLACES = "石柳上下大小东西南北青清水河沟坝坪岭塆垭峁塬坳畈圩埠堰浦泾浜圳涌滘岙隩嵊崮崂崀墘垌峒麓"


@pytest.mark.parametrize("text", WRITTEN)
def test_what_was_decoded_wrongly_is_restored(text):
    assert repaired(text.encode("utf-8").decode("gbk")) == text
    assert repaired(text.encode("gbk").decode("latin-1")) == text
    assert repaired(text.encode("utf-8").decode("latin-1")) == text


def test_text_shifted_by_one_byte_is_restored_but_for_its_ends():
    assert repaired("泵吭露ㄆ谝噪娫") == "每月定期以电…"


@pytest.mark.parametrize(
    "text", ["鐜嬪ぇ灞?", "鐜嬪ぇ灞\ufffd", "锘挎埛涓诲鍚", "锟斤拷锟斤拷", "烫烫烫", "王\ufffd山"]
)
def test_what_was_lost_is_said_and_not_invented(text):
    assert is_garbled(text)
    assert not repaired(text) or repaired(text).endswith("…")


@pytest.mark.parametrize(
    "text",
    ["××", "××村×××", "2×3米", "José", "37.5℃", "α射线", "½", "5—10㎡", "①", "约３亩", "", "古丽·买买提", "のり", "鬃鬃", "喆堃垚犇村三组", "玥玥和喆喆在家", "喆翀和张三"],
)  # fmt: skip
def test_odd_but_ordinary_text_is_left_alone(text):
    assert not is_garbled(text)


def test_thousands_of_names_and_places_are_left_alone():
    draw = random.Random(7)
    everyday = [bytes((lead, trail)).decode("gb2312") for lead in range(0xB0, 0xD7) for trail in range(0xA1, 0xFF)]
    names = [
        draw.choice(SURNAMES) + "".join(draw.choice(draw.choice((RARE, everyday))) for _ in range(draw.choice((1, 2, 2))))
        for _ in range(5000)
    ]  # fmt: skip
    places = [
        "".join(draw.choice((draw.choice(PLACES), draw.choice(everyday))) for _ in range(2)) + "村三组"
        for _ in range(3000)
    ]
    assert [text for text in (*names, *places) if is_garbled(text)] == []


def test_text_with_a_foreign_letter_is_left_alone_unless_what_it_hides_is_plain():
    """Shifted by a byte nearly everything is some text; only an everyday one is believed."""
    assert not is_garbled("住院用药β受体阻滞剂")
    assert not is_garbled("种植Ω型大棚")


def test_the_search_in_bulk_finds_what_the_look_at_each_finds():
    texts = [*WRITTEN, "»§Ö÷ÐÕÃû", "王喆", "鎴蜂富濮撳悕", "", "泵吭露ㄆ谝噪娫", "13900010001", "锟斤拷", "李\ufffd"]
    assert garbled_positions(texts) == [i for i, text in enumerate(texts) if is_garbled(text)]
