"""Every field of every table is told: what it means, of which table its values are, who may see it."""

from __future__ import annotations

import pytest
from django.apps import apps

from zhihuan.bureau.dictionary.declared import declared_models
from zhihuan.bureau.dictionary.entry import entries, own_fields, own_models, type_of
from zhihuan.bureau.people.actions import declared_actions
from zhihuan.bureau.registry.models import Device, Enterprise, PermitTotal


def test_every_field_has_a_meaning_that_says_more_than_its_name():
    poor = [
        each.key
        for each in entries()
        if len(each.meaning) < 4 or each.meaning == each.name or each.meaning.endswith("。")
    ]
    assert not poor, f"say in bureau/dictionary/meanings/<app>.yaml what these mean: {poor}"


def test_nothing_is_declared_that_is_not_there():
    there = {m._meta.label: {f.name for f in own_fields(m)} for m in own_models()}
    gone = [
        f"{label}.{name}"
        for label, told in declared_models().items()
        for name in {*told.fields, *told.personal, *told.secret}
        if name not in there.get(label, ()) and not _is_inherited(label, name)
    ]
    assert not gone, f"declared and not in any model: {gone}"


def _is_inherited(label: str, name: str) -> bool:
    return name in {field.name for field in apps.get_model(label)._meta.get_fields()}


def test_who_may_see_a_model_is_a_declared_act():
    """Or acts that lines declare, each its own: how many there are depends on the lines installed."""
    told = {label: model.permission for label, model in declared_models().items()}
    of_lines = {label for label, permission in told.items() if permission == "matters.view_*"}
    unknown = [
        label
        for label, permission in told.items()
        if permission and permission not in declared_actions() and label not in of_lines
    ]
    assert not unknown
    assert all(label.startswith("matters.") for label in of_lines)


@pytest.mark.parametrize("label", [m._meta.label for m in own_models()])
def test_personal_and_secret_fields_are_marked(label):
    """Names, numbers and addresses of people, sealed values and hashes: told by how models name them."""
    for each in (one for one in entries() if one.model == label):
        if (each.field.startswith("sealed_") and "文本" in each.type) or each.field in {
            "password",
            "encoded",
        }:
            assert each.is_secret, each.key
            assert not each.readers, each.key
        if each.type.startswith("→ people.User") and "（" not in each.type:
            assert each.is_personal or label in _WHO_DID_IT, each.key


#: Who did something is on record there as an office held, not as private data of the person.
_WHO_DID_IT = {"people.RoleGrant", "people.UsedPassword"}


def test_the_contact_is_personal_data_but_for_whose_it_is_and_when_it_was_checked():
    told = {each.field: each.is_personal for each in entries() if each.model == "registry.Contact"}
    assert {name for name, is_personal in told.items() if not is_personal} == {
        "enterprise",
        "verified_on",
    }


@pytest.mark.parametrize(
    ("model", "field", "words"),
    [
        (Enterprise, "name", "文本（≤120）"),
        (Enterprise, "town", "→ places.Town"),
        (Device, "placed", "日期（北京时间）"),
        (Device, "enabled", "是/否"),
        (PermitTotal, "tonnes", "小数（14 位，小数 6 位）"),
    ],
)
def test_types_are_told_in_words(model, field, words):
    assert type_of(model._meta.get_field(field)) == words


def test_units_codes_and_sources_are_told_where_there_are_any():
    told = {each.key: each for each in entries()}
    assert told["registry.PermitTotal.tonnes"].unit == "t"
    assert told["registry.Enterprise.industry"].codes == "GB/T 4754-2017"
    assert told["registry.Enterprise.level"].codes.startswith("key 重点管理；")
    assert told["people.Organisation.credit_code"].source == "GB 32100-2015"
    assert "执法人员（全市）" in told["registry.Site.name"].readers
