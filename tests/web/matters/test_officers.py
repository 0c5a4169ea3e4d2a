"""A step that officers take together begins with those who go together, and proposes nobody else's pair."""

from __future__ import annotations

from zhihuan.bureau.matters.catalogue import edition_of
from zhihuan.web.matters.officers import officers_form


def begun(matter, actor):
    step = edition_of(matter.procedure, matter.edition).step("file")
    form = officers_form(step, matter, actor)
    return [form.fields[name].initial for name in form.fields]


def test_before_anybody_acted_whoever_writes_stands_there_alone(walk, cast):
    assert begun(walk.matter, cast.officer) == [str(cast.officer.pk), ""]


def test_those_who_acted_together_are_proposed_again_to_each_of_them(filed, cast):
    assert begun(filed.matter, cast.officer) == [str(cast.officer.pk), str(cast.second.pk)]
    assert begun(filed.matter, cast.second) == [str(cast.second.pk), str(cast.officer.pk)]


def test_a_third_is_not_proposed_a_pair_of_others(filed, cast, person):
    third = person("field_officer", name="third", at=cast.officer.organisation)
    third.certificates.create(number="44-third", issued="2020-01-01", expires="2040-01-01")
    assert begun(filed.matter, third) == [str(third.pk), ""]


def test_whose_certificate_lapsed_meanwhile_is_not_proposed(filed, cast):
    cast.second.certificates.update(expires="2020-01-02")
    assert begun(filed.matter, cast.officer) == [str(cast.officer.pk), ""]
