"""Validity rule sets: the clause in force, for every subject and day."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.standards import data_validity
from zhihuan.standards.data_validity import (
    MarkRuleKind,
    Mean,
    Subject,
    TotalRule,
    rules_for_days,
    rules_on,
    subject_of,
)
from zhihuan.standards.errors import OutsideEditionsError
from zhihuan.standards.parameters import Confidence, Edition, Parameter, Reference

DAYS = st.dates(min_value=date(2017, 5, 1), max_value=date(2035, 12, 31))
SUBJECTS = st.sampled_from(list(Subject))


def test_flue_gas_under_the_2017_edition_is_what_annex_d_prints() -> None:
    rules = rules_on(Subject.FLUE_GAS, date(2024, 6, 1))
    assert (rules.minutes_per_hour, rules.hours_per_day) == (45, 20)
    assert rules.mark_rule.kind is MarkRuleKind.SHARE_OF_NORMAL
    assert (rules.mark_rule.share, rules.mark_rule.otherwise) == (0.75, "D")
    assert rules.mean_of("a21026") is Mean.ARITHMETIC
    assert rules.total_rule is TotalRule.CONCENTRATION_TIMES_FLOW
    assert rules.editions["minutes_per_hour"].reference.clause == "附录D D2.2 式(24)"
    assert rules.confidence is Confidence.OFFICIAL


def test_wastewater_weights_concentrations_by_flow_but_not_ph() -> None:
    rules = rules_on(Subject.WASTEWATER, date(2024, 6, 1))
    assert rules.mark_rule.kind is MarkRuleKind.ANY_ABNORMAL
    assert rules.mean_of("w01018") is Mean.FLOW_WEIGHTED
    assert rules.mean_of("w01001") is Mean.ARITHMETIC
    assert rules.mean_of("w00000") is Mean.PERIOD_FLOW


def test_noise_is_never_averaged_arithmetically_and_percentiles_not_at_all() -> None:
    rules = rules_on(Subject.NOISE, date(2026, 6, 1))
    assert rules.mean_of("Leq") is Mean.ENERGY
    assert rules.mean_of("L10") is Mean.NONE
    assert Mean.ARITHMETIC not in rules.means.values()


def test_what_rests_on_the_unread_2025_text_says_so() -> None:
    before, after = (
        rules_on(Subject.FLUE_GAS, day) for day in (date(2025, 12, 31), date(2026, 1, 1))
    )
    assert before.id == "flue_gas/2017-05-01"
    assert before.in_force_until == date(2025, 12, 31)
    assert after.id == "flue_gas/2026-01-01"
    assert after.in_force_until is None
    assert after.confidence is Confidence.UNCONFIRMED


def test_a_day_before_the_first_edition_has_no_rules() -> None:
    with pytest.raises(OutsideEditionsError, match="2017-04-30"):
        rules_on(Subject.FLUE_GAS, date(2017, 4, 30))


@settings(deadline=None)
@given(subject=SUBJECTS, day=DAYS)
def test_the_rule_set_is_the_same_on_every_day_it_claims(subject: Subject, day: date) -> None:
    rules = rules_on(subject, day)
    assert rules.in_force_from <= day
    assert rules.in_force_until is None or day <= rules.in_force_until
    assert rules_on(subject, rules.in_force_from) == rules
    if rules.in_force_until is not None:
        assert rules_on(subject, rules.in_force_until) == rules
        assert rules_on(subject, rules.in_force_until + timedelta(days=1)).id != rules.id


@settings(deadline=None)
@given(subject=SUBJECTS, day=DAYS, ahead=st.integers(min_value=1, max_value=3000))
def test_an_amendment_changes_no_earlier_rule_set(subject: Subject, day: date, ahead: int) -> None:
    before = rules_on(subject, day)
    amended = _with_an_amendment(subject, day + timedelta(days=ahead))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(data_validity, "_quantities", lambda _: amended)
        data_validity._assembled.cache_clear()
        after = rules_on(subject, day)
        assert rules_on(subject, day + timedelta(days=ahead)).minutes_per_hour == 59
    data_validity._assembled.cache_clear()
    assert after.id == before.id
    assert (after.minutes_per_hour, after.means) == (before.minutes_per_hour, before.means)
    assert after.mark_rule == before.mark_rule


def _with_an_amendment(subject: Subject, first: date) -> dict[str, Parameter]:
    quantities = dict(data_validity._quantities(subject))
    old = quantities["minutes_per_hour"]
    kept = tuple(edition for edition in old.editions if edition.in_force_from < first)
    amendment = Edition(
        59, first, None, Reference("HJ 999-2030", "1"), Confidence.OFFICIAL, date(2026, 11, 23)
    )
    quantities["minutes_per_hour"] = Parameter(old.name, old.title, old.unit, (*kept, amendment))
    return quantities


def test_many_days_at_once_find_what_each_finds_alone() -> None:
    days = np.array(["2016-01-01", "2024-06-01", "2026-02-01", "2025-12-31"], "datetime64[D]")
    found = rules_for_days(Subject.FLUE_GAS, days)
    assert found.which[0] == -1
    for place, day in list(enumerate(days.tolist()))[1:]:
        assert found.rules[found.which[place]] == rules_on(Subject.FLUE_GAS, day)


@pytest.mark.parametrize(
    ("system_type", "subject"),
    [
        ("31", Subject.FLUE_GAS),
        ("32", Subject.WASTEWATER),
        ("21", Subject.SURFACE_WATER),
        ("22", Subject.AMBIENT_AIR),
        ("23", Subject.NOISE),
        ("44", Subject.OTHER),
        ("T1", Subject.OTHER),
        ("", Subject.OTHER),
    ],
)
def test_the_system_type_decides_the_subject(system_type: str, subject: Subject) -> None:
    assert subject_of(system_type, date(2026, 6, 1)) is subject
