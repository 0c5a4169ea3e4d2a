"""Who sees and finds which matters: by the right to look of each procedure, as far as it reaches."""

from __future__ import annotations

import pytest

from zhihuan.bureau.matters.engine.taking import Acting, open_matter
from zhihuan.bureau.matters.reach import may_view, seen_by, seen_procedures
from zhihuan.bureau.places.city import find_town
from zhihuan.bureau.search.finding import search


@pytest.fixture
def rows(walk, cast):
    """Of the party in Sanjiao; nobody's, in Xiaolan."""
    far = open_matter(
        "trial_case", Acting(cast.stranger), title="油烟扰民", town=find_town("小榄镇")
    )
    return {"here": walk.matter, "there": far}


EXPECTED = {
    "officer": {"here"},
    "head": {"here"},
    "stranger": {"there"},
    "owner": {"here"},
    "bureau": {"here", "there"},
    "registrar": set(),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_reader_sees_what_lies_within_reach_and_nothing_else(rows, cast, person, name):
    user = getattr(cast, name, None) or person(
        {"bureau": "field_officer"}.get(name, name), name=name, at=cast.here.parent
    )
    seen = set(seen_by(user))
    assert seen == {rows[place] for place in EXPECTED[name]}
    assert {place for place, row in rows.items() if may_view(user, row)} == EXPECTED[name]
    codes = {procedure.code for procedure in seen_procedures(user)}
    assert ("trial_case" in codes) is bool(EXPECTED[name])
    found = {
        key
        for typed in ("印染", "油烟")
        for hits in search(user, typed, most=5, labels=["matters.matter"])
        for key in hits.keys
    }
    assert found == {row.pk for row in seen}


@pytest.mark.parametrize("typed", ["超标", "中山某印染厂", "印染", "myrcc", "zsmyrc", "chaobiao"])
def test_it_is_found_by_title_and_party_in_chinese_and_by_pinyin(rows, cast, typed):
    (hits,) = search(cast.officer, typed, most=5, labels=["matters.matter"])
    assert hits.keys == (rows["here"].pk,)


def test_no_procedure_no_matters(cast):
    assert list(seen_by(cast.head)) == []
    assert search(cast.head, "印染", most=5, labels=["matters.matter"]) == []
