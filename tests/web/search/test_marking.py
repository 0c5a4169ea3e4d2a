"""What was typed, marked in what is shown: nothing is lost, nothing is added."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from zhihuan.web.search.marking import marked

TEXT = st.text(st.sampled_from("中山市A2a. *+(["), max_size=12)


@given(TEXT, TEXT)
def test_the_stretches_are_the_text(text, typed):
    assert "".join(each.text for each in marked(text, typed)) == text


def test_what_was_typed_is_marked_whatever_its_case():
    found = [each.text for each in marked("中山LED厂", "led 山") if each.is_hit]
    assert found == ["山", "LED"]
