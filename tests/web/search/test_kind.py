"""Every searched model is shown by somebody, and asks for the same right as it is searched by."""

from __future__ import annotations

from zhihuan.bureau.search.declaration import searched_models
from zhihuan.web.registry.nouns import noun_of_model
from zhihuan.web.search.kind import hit_kinds


def test_every_searched_model_has_words_for_its_hits():
    assert set(searched_models()) == set(hit_kinds())


def test_codes_stand_for_one_kind_each():
    codes = [each.code for each in hit_kinds().values()]
    assert len(codes) == len(set(codes))


def test_a_noun_is_searched_by_those_who_may_see_it():
    for label, each in searched_models().items():
        noun = noun_of_model(label)
        if noun is not None and noun.facts is not None:  # others are shown at their owner
            assert noun.view == each.declared.permission, label
