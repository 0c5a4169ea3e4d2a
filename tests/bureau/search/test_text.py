"""How text is kept and asked for: any length of Chinese is at least one trigram."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.bureau.search.text import SEPARATOR, SHORTEST, at_start, inside, kept_name, plain

NAMES = st.text(st.sampled_from("中山市三角镇印染厂A2b（）-_% ǀ·９"), min_size=1, max_size=20)


def test_width_case_blanks_and_punctuation_do_not_count():
    assert plain("中山市（三角）ＡＢ-１２ 厂") == plain("中山市三角ab12厂")


@pytest.mark.parametrize("word", ["中", "中山", "a", "a2", "中a", "a中", "2号"])
def test_no_phrase_is_shorter_than_a_trigram(word):
    assert len(inside(word)) >= SHORTEST
    assert len(at_start(word)) >= SHORTEST


@given(NAMES, st.data())
def test_every_part_of_a_name_is_found_in_it(name, data):
    """Any stretch that holds Chinese at both ends, however short: the slow route is Python's own."""
    known = plain(name)
    if not known:
        assert kept_name(name) == ""
        return
    first = data.draw(st.integers(0, len(known) - 1))
    last = data.draw(st.integers(first, len(known) - 1))
    part = known[first : last + 1]
    if not part[0].isascii() and not part[-1].isascii():
        assert inside(part) in kept_name(name)
    if first == 0 and not part[-1].isascii():
        assert at_start(part) in kept_name(name)


@given(NAMES, NAMES)
def test_what_is_no_part_is_not_found(name, other):
    known, word = plain(name), plain(other)
    if known and word and word not in known:
        assert inside(word) not in kept_name(name)


def test_letters_are_sought_from_their_beginning_when_they_are_few():
    kept = kept_name("中山LED厂")
    assert inside("le") in kept
    assert inside("led") in kept
    assert inside("ed") not in kept


def test_nobody_can_write_the_separator():
    assert SEPARATOR not in plain(f"中{SEPARATOR}山")
