"""The credit code against the published worked examples."""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.bureau.people.credit_code import CREDIT_CODE, check_character, is_consistent

_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@pytest.mark.shared
def test_the_published_examples(shared):
    rules = json.loads((shared / "data/codes/validation_rules.json").read_text("utf-8"))["uscc"]
    for example in rules["examples"]:
        assert is_consistent(example["code"]) is example["valid"], example
        assert check_character(example["code"][:17]) == example["computed_check"]


@given(
    st.text(_CHARACTERS, min_size=17, max_size=17), st.integers(0, 16), st.sampled_from(_CHARACTERS)
)
def test_one_wrong_character_never_passes(first, place, other):
    whole = first + check_character(first)
    wrong = whole[:place] + other + whole[place + 1 :]
    assert is_consistent(whole)
    assert is_consistent(wrong) is (wrong == whole)


@pytest.mark.parametrize(
    "code", ["", "91350100M000100Y4", "91350100M000100YI3", "９１350100M000100Y43"]
)
def test_a_wrong_form_is_refused(code):
    with pytest.raises(ValidationError):
        CREDIT_CODE(code)
