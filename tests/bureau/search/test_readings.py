"""Names by ear: what people type for them, and what they do not."""

from __future__ import annotations

import pytest

from zhihuan.bureau.search.readings import MOST_SPELLINGS, kept_readings


@pytest.mark.parametrize(
    ("name", "initials", "pinyin"),
    [
        ("重庆啤酒", "cqpj", "chongqing"),
        ("中山港", "zsg", "zhongshangang"),
        ("长江水泥厂", "cjsnc", "changjiang"),
        ("工商银行", "gsyh", "gongshangyinhang"),
        ("绿色食品", "lssp", "lvse"),
    ],
)
def test_a_phrase_decides_how_its_characters_are_read(name, initials, pinyin):
    kept = kept_readings(name).split(" ")
    assert f"^{initials}$" in kept
    assert any(each.startswith(f"^{pinyin}") for each in kept)


def test_where_no_phrase_decides_the_readings_alive_are_kept():
    kept = kept_readings("重升五金").split(" ")
    assert "^cswj$" in kept
    assert "^zswj$" in kept


def test_a_phrase_that_decides_leaves_no_other_reading():
    assert "^zq$" not in kept_readings("重庆").split(" ")


def test_the_name_of_a_city_does_not_run_into_the_name_proper():
    """市长 would be a mayor."""
    kept = kept_readings("中山市长虹家具厂").split(" ")
    assert "^zsschjjc$" in kept
    assert "^chjjc$" in kept


def test_letters_and_digits_in_a_name_stay_whole():
    assert "^ledc2q$" in kept_readings("LED厂2期").split(" ")


def test_a_name_without_chinese_has_no_reading():
    assert kept_readings("ABC-12") == ""
    assert kept_readings("") == ""


def test_a_name_full_of_doubtful_characters_does_not_explode():
    assert len(kept_readings("重重重重重重重重重重").split(" ")) <= 3 * MOST_SPELLINGS
