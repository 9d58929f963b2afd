"""Code lists: what people write, and the label it stands for."""

import pytest

from bangfu_excel.core.scheme import Cadence, Coded
from bangfu_excel.domain import CODELISTS, TABLES
from bangfu_excel.domain.codelists import read_codelist
from bangfu_excel.errors import DeclarationError
from bangfu_excel.profile.county_file import CountyFile


@pytest.mark.parametrize(
    ("codelist", "written", "label"),
    [
        ("relation", "妻", "配偶"),
        ("relation", "丈夫", "配偶"),
        ("relation", "户主本人", "户主"),
        ("relation", "长子", "之子"),
        ("relation", "養子", "之子"),
        ("relation", "儿媳", "之儿媳"),
        ("relation", "奶奶", "之祖母"),
        ("gender", "男性", "男"),
        ("ethnicity", "汉", "汉族"),
        ("ethnicity", "蒙古", "蒙古族"),
        ("ethnicity", "維吾爾族", "维吾尔族"),
        ("education", "文盲、半文盲", "文盲或半文盲"),
        ("education", "中专", "高中"),
        ("poverty_cause", "缺劳力", "缺劳动力"),
        ("poverty_cause", "因灾", "因自然灾害"),
        ("poverty_cause", "其它", "其他"),
        ("poverty_cause", "自身发展力不足", "自身发展动力不足"),
        ("household_type", "贫困户", "一般贫困户"),
        ("household_type", "普通农户", "一般农户"),
        ("housing", "否", "安全住房"),
        ("housing", "Ｄ级", "D级危房"),
        ("visit_mode", "家访", "入户"),
        ("visit_mode", "上门", "入户"),
        ("visit_mode", "微信", "电话"),
        ("visit_mode", "热线电话", "电话"),
        ("visit_mode", "集中走访", "集中"),
        ("politics", "党员", "中共党员"),
        ("disability_grade", "2级", "二级"),
        ("child_stage", "小学五年级", "小学"),
        ("child_stage", "初一", "初中"),
        ("recipient_category", "社会散居孤儿", "孤儿"),
        ("document_status", "迟报", "已报"),
        ("problem_status", "√", "已办结"),
        ("problem_status", "×", "办理中"),
        ("inspection_mode", "实地查看", "督查"),
        ("pairing_pattern", "1对1", "一对一"),
        ("labour_ability", "无劳动能力", "无劳动力"),
        ("labour_capacity", "无劳动力", "无劳动能力"),
        ("help_way", "带就业", "帮就业"),
        ("priority", "生活上优先安排", "活动"),  # the plan's third priority is titled so, and is about activities
        ("priority", "生活上优先照顾", "生活"),
        ("wusong", "送技術", "送技能"),
        ("fund_direction", "发放", "支出"),
        ("fund_source", "财政专项", "扶贫资金"),
        ("honour", "五好文明家庭", "五好家庭"),
        ("honour", "十星级文明户", "星级文明户"),
        ("honour", "文明户", "文明家庭"),
    ],
)
def test_everyday_words_stand_for_a_label(codelist, written, label):
    assert CODELISTS[codelist].label_of(written) == label


@pytest.mark.parametrize(
    ("codelist", "written"),
    [
        ("guardian_relation", "祖孙"),
        ("relation", "朋友"),
        ("visit_mode", "慰问"),
        ("gender", "3"),
        ("poverty_cause", ""),
    ],
)
def test_what_is_not_sure_stands_for_nothing(codelist, written):
    assert CODELISTS[codelist].label_of(written) is None


def test_the_national_lists_are_complete():
    assert len(CODELISTS["relation"].labels) == 28
    assert len(CODELISTS["ethnicity"].labels) == 58
    assert len({entry.code for entry in CODELISTS["ethnicity"].entries}) == 58
    assert len(CODELISTS["school_status"].labels) == 26


def test_every_category_of_help_belongs_to_a_family_of_measures():
    categories = CODELISTS["help_category"]
    families = {categories.attribute(label, "family") for label in categories.labels} - {""}
    assert families == {"思想引导", "生活救助", "生产扶持"} < set(categories.labels)
    alone = {label for label in categories.labels if not categories.attribute(label, "family")}
    assert alone == {"亲情帮扶", "架桥帮扶", "其他"}


def test_relations_know_the_sex_they_imply():
    relation = CODELISTS["relation"]
    assert relation.attribute("之儿媳", "sex") == "女"
    assert relation.attribute("之侄儿", "sex") == "男"
    assert {label for label in relation.labels if not relation.attribute(label, "sex")} == {
        "户主",
        "配偶",
        "之兄弟姐妹",
        "其他",
    }


def codelists_of(record):
    """The lists that the words of a part of a scheme, or of a county's file, are held to."""
    return [
        mark.codelist for field in record.model_fields.values() for mark in field.metadata if isinstance(mark, Coded)
    ]


@pytest.mark.parametrize("codelist", CODELISTS.values(), ids=lambda c: c.name)
def test_every_list_is_used_and_names_its_source(codelist):
    assert codelist.source
    assert codelist.title
    in_fields = {field.codelist for table in TABLES.values() for field in table.fields}
    assert codelist.name in in_fields | set(codelists_of(Cadence)) | set(codelists_of(CountyFile))


def test_a_misspelt_key_is_refused():
    with pytest.raises(DeclarationError, match="synonym"):
        read_codelist("x", 'title = "甲"\nsource = "乙"\nentries = [{ label = "丙", synonym = ["丁"] }]')
    with pytest.raises(DeclarationError, match="titel"):
        read_codelist("x", 'titel = "甲"\nsource = "乙"\nentries = []')


def test_a_word_for_two_labels_is_refused():
    with pytest.raises(DeclarationError, match="同时属于"):
        read_codelist(
            "x", 'title = "甲"\nsource = "乙"\nentries = [{ label = "丙" }, { label = "丁", synonyms = ["丙"] }]'
        )


def test_a_label_listed_twice_is_refused():
    with pytest.raises(DeclarationError, match="丙”列了两次"):
        read_codelist("x", 'title = "甲"\nsource = "乙"\nentries = [{ label = "丙" }, { label = "丙" }]')
