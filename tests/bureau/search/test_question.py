"""What was typed, as ranks: the best reason to be found comes first, and codes are not waded through."""

from __future__ import annotations

import pytest

from zhihuan.bureau.search.question import Rank, question


def ranks(typed: str) -> list[Rank]:
    asked = question(typed)
    return [] if asked is None else [tier.rank for tier in asked.tiers]


@pytest.mark.parametrize("typed", ["", "   ", "（）", "ǀ", "-"])
def test_nothing_to_go_by_is_no_question(typed):
    assert question(typed) is None


def test_chinese_is_sought_in_names_before_addresses():
    assert ranks("印染") == [Rank.NAME_BEGINS, Rank.NAME, Rank.TEXT]


def test_letters_are_sought_as_pinyin_too():
    assert Rank.READING_BEGINS in ranks("yrc")
    assert Rank.READING not in ranks("12")


def test_two_words_may_stand_in_two_places():
    assert ranks("三角 印染")[-1] is Rank.SPREAD


def test_a_long_code_is_no_name():
    asked = question("91442000MA4UL1234X")
    assert asked is not None
    assert asked.code == "91442000ma4ul1234x"
    assert [tier.rank for tier in asked.tiers] == [Rank.PART_OF_CODE]


def test_a_plate_is_a_code_with_chinese():
    asked = question("粤T12345")
    assert asked is not None
    assert asked.code == "粤t12345"


def test_what_is_longer_than_anybody_types_is_cut():
    asked = question("中 " * 500)
    assert asked is not None
    assert max(len(tier.conditions) for tier in asked.tiers) <= 5


def test_a_tier_is_asked_only_of_records_that_can_hold_it():
    from zhihuan.bureau.matters.models import Matter
    from zhihuan.bureau.registry.models import Device, Enterprise

    def asked_of(model, typed):
        held = model.SEARCH.columns
        return [tier.rank for tier in question(typed).tiers if tier.is_asked_of(held)]

    assert Rank.SPREAD in asked_of(Enterprise, "三角 印染")
    assert asked_of(Matter, "三角 印染") == [Rank.NAME_BEGINS, Rank.NAME]
    assert asked_of(Matter, "zs01") == [
        Rank.NAME_BEGINS,
        Rank.NAME,
        Rank.READING_BEGINS,
        Rank.READING,
    ]
    assert asked_of(Device, "印染") == []
    assert asked_of(Device, "zs01") == [Rank.PART_OF_CODE]
