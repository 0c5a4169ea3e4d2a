"""A moment is told as people write it; what an earlier rule proposed stands in the judge's form already."""

from __future__ import annotations

import datetime as dt

from zhihuan.lines.clues.forms import MomentField, TrueForm
from zhihuan.lines.clues.models import Clue


def test_a_moment_is_told_in_beijing_s_time_as_cleaned_and_as_kept():
    at = dt.datetime(2026, 3, 2, 16, 30, tzinfo=dt.UTC)
    field = MomentField()
    assert field.words_of(at) == field.words_of(at.isoformat()) == "2026-03-03 00:30"
    assert field.words_of("") == field.words_of(None) == ""


def test_what_a_rule_proposed_stands_in_the_form_that_judges(walk):
    Clue.objects.filter(pk=walk.clue.pk).update(tier="A", consequence="L1")
    form = TrueForm(matter=walk.clue)
    assert (form["tier"].initial, form["consequence"].initial) == ("A", "L1")
