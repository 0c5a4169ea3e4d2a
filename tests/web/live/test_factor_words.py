"""Words for factors are remembered, but not without end: codes come from addresses."""

from __future__ import annotations

from zhihuan.web.live.factor_words import words


def test_asking_for_ever_new_codes_does_not_fill_the_memory():
    for number in range(6_000):
        assert words(f"x{number}").name == f"x{number}"
    assert words.cache_info().currsize < 5_000
    words.cache_clear()


def test_a_title_is_name_and_code_and_an_unknown_code_alone():
    assert words("w01018").title == "化学需氧量（w01018）"
    assert words("x99999").title == "x99999"
