"""What is declared holds: fields exist, permissions are acts, stretches of keys do not touch."""

from __future__ import annotations

import itertools

from django.utils.module_loading import import_string

from zhihuan.bureau.people.actions import declared_actions
from zhihuan.bureau.search.declaration import KEY_BITS, searched_models


def test_every_declaration_names_fields_and_a_permission_that_exist():
    for label, each in searched_models().items():
        known = {field.name for field in each.model._meta.get_fields()}
        assert each.declared.fields, label
        assert each.declared.fields <= known, label
        if each.declared.seen_by:
            assert not each.declared.permission, label
            assert callable(import_string(each.declared.seen_by)), label
        else:
            assert each.declared.permission in declared_actions(), label


def test_keys_go_there_and_back_and_fit_a_database_integer():
    stretches = []
    for each in searched_models().values():
        assert each.pk_of(each.key_of(12345)) == 12345
        assert each.last_key < 2**63
        assert each.last_key - each.first_key == 2**KEY_BITS - 1
        stretches.append((each.first_key, each.last_key))
    ordered = sorted(stretches)
    assert all(one[1] < two[0] for one, two in itertools.pairwise(ordered))


def test_a_child_of_a_searched_model_is_not_searched_by_chance():
    assert "people.organisation" not in searched_models()
    assert "registry.enterprise" in searched_models()
