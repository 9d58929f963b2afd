"""The rule book: each code once, words that fill, weights that agree with the effects of DESIGN §4."""

import pytest

from bangfu_excel.core.finding import Effect, Place, Severity
from bangfu_excel.core.messages import ALL
from bangfu_excel.pipeline import rule_book

BOOK = rule_book()
PLACE = Place("清水镇.xlsx", "户", "B7", 7, "household", "member_count", "人口数", "99")


def test_every_code_is_used_once():
    codes = [entry.code for entry in BOOK]
    assert sorted(codes) == sorted(set(codes))


def test_the_stages_messages_are_in_the_book():
    assert set(ALL) <= {entry.code for entry in BOOK}


@pytest.mark.parametrize("entry", BOOK, ids=lambda entry: entry.code)
def test_words_fill_and_are_for_a_clerk(entry):
    words = dict.fromkeys(entry.placeholders, "某")
    finding = entry.finding(PLACE, **words)
    assert "{" not in finding.message + finding.suggestion + finding.told
    assert entry.code not in finding.message + finding.suggestion
    if entry.effect in (Effect.ROW, Effect.FIELD):
        assert entry.severity is Severity.ERROR


@pytest.mark.parametrize("entry", [e for e in BOOK if e.placeholders], ids=lambda entry: entry.code)
def test_a_missing_word_is_an_error_not_a_blank(entry):
    with pytest.raises(KeyError):
        entry.finding(PLACE)
