"""Every rule that finds clues speaks to people."""

from __future__ import annotations

from importlib.resources import files

import pytest
import yaml

from zhihuan.bureau.exceedance.models import Episode
from zhihuan.lines.clues.rule_words import described, rule_words


@pytest.mark.parametrize("each", described().values(), ids=lambda each: each.code)
def test_a_rule_has_a_title_one_sentence_and_a_basis(each):
    assert 3 <= len(each.title) <= 16
    assert each.about.endswith("。")
    assert each.about.count("。") == 1
    assert len(each.basis) >= 6


def test_every_rule_of_the_platform_and_of_its_demo_is_described():
    raised = {f"exceedance_{span}" for span in Episode.Span.values}
    text = files("zhihuan.lines.clues").joinpath("demo.yaml").read_text(encoding="utf-8")
    shown = {each["about"]["rule"] for each in yaml.safe_load(text) if "about" in each}
    assert described().keys() >= raised | shown


def test_a_rule_that_nobody_described_is_shown_by_its_code_and_says_so():
    told = rule_words("from_elsewhere")
    assert (told.title, told.basis) == ("from_elsewhere", "")
    assert "尚无说明" in told.about
