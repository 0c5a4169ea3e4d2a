"""Nothing is typed twice: whatever two tables name or tell alike is explained, or refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.apps import apps
from django.db.models import DateField

from zhihuan.bureau.dictionary.entry import entries
from zhihuan.bureau.dictionary.likeness import (
    HISTORY,
    LINK,
    PARTS,
    SOURCE,
    alike,
    explained,
    unexplained,
)


def test_every_likeness_is_explained_and_every_explanation_is_of_a_likeness():
    assert unexplained(entries()) == [], "explain it in bureau/dictionary/alike.yaml"


@pytest.mark.parametrize("group", explained())
def test_an_explanation_names_a_part_and_a_reason(group):
    told = explained()[group].values()
    assert {each.part for each in told} <= PARTS
    assert all(len(each.why) >= 4 for each in told)
    assert [each.part for each in told].count(SOURCE) <= 1, "typed in two places"


def test_a_history_is_dated():
    """A copy kept as history is worth nothing without its moment: its record, or what it hangs on, has one."""
    for group in explained().values():
        for key, told in group.items():
            if told.part == HISTORY:
                model = apps.get_model(key.rpartition(".")[0])
                near = [model, *(f.related_model for f in model._meta.fields if f.related_model)]
                fields = [field for each in near for field in each._meta.fields]
                assert any(isinstance(field, DateField) for field in fields), key


def test_a_link_is_a_reference_or_a_code_of_one():
    for group in explained().values():
        for key, told in group.items():
            if told.part == LINK:
                model, _, name = key.rpartition(".")
                field = apps.get_model(model)._meta.get_field(name)
                assert field.is_relation or name == "factor", key


def test_a_field_typed_a_second_time_is_found_by_its_name():
    found = entries()
    copied = replace(_of(found, "registry.Site.address"), model="registry.Vehicle", field="where")
    assert any("registry.Vehicle.where" in each for each in unexplained([*found, copied]))


def test_a_field_typed_a_second_time_is_found_by_its_meaning_under_another_name():
    found = entries()
    plate = _of(found, "registry.Vehicle.plate")
    copied = replace(
        plate, model="registry.Permit", field="car", name="车牌", meaning=" 机动车号牌号码。"
    )
    (group,) = [each for each in alike([*found, copied]) if "registry.Permit.car" in each]
    assert group == {"registry.Permit.car", "registry.Vehicle.plate"}


def test_two_fields_of_one_table_may_share_a_word():
    site = _of(entries(), "registry.Site.address")
    assert alike([site, replace(site, field="second")]) == []


def _of(found, key):
    return next(each for each in found if each.key == key)
