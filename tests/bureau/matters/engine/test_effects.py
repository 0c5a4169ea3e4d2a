"""What follows a step happens with it, in its transaction, or undoes it."""

from __future__ import annotations

import pytest
from django.db import transaction

from zhihuan.bureau.matters.engine.effects import Taken, on_taken
from zhihuan.bureau.matters.models import Matter, MatterEvent


@pytest.fixture
def heard(no_effects):
    """A list of what an effect was told, and of nobody else's effects."""
    told: list[Taken] = []
    on_taken(told.append)
    return told


def test_an_effect_is_told_of_the_opening_and_of_each_step(heard, filed):
    opening, filing = heard
    assert opening.step is None
    assert (opening.event.step, opening.matter.pk) == ("_open", filed.matter.pk)
    assert filing.step.code == "file"
    assert filing.matter.state == "investigating"
    assert filing.facts.matter is filing.matter
    assert [event.step for event in filing.facts.events] == ["_open"]
    assert filing.acting.actor == filed.cast.officer


def test_it_sees_the_clocks_as_the_step_left_them(heard, filed, monkeypatch):
    seen = []
    on_taken(lambda taken: seen.append(list(taken.matter.clocks.values_list("outcome", flat=True))))
    filed.take("drop", filed.cast.head, "03-05")
    assert seen == [["met"]]


def test_it_is_in_the_transaction_of_the_step(heard, filed):
    inside = []
    on_taken(lambda _: inside.append(transaction.get_connection().in_atomic_block))
    filed.take("submit", filed.cast.officer, "03-03")
    assert inside == [True]


def test_one_that_fails_undoes_the_step(heard, filed):
    def fail(_taken):
        raise OSError("the disk is full")

    on_taken(fail)
    with pytest.raises(OSError, match="full"):
        filed.take("submit", filed.cast.officer, "03-03")
    assert Matter.objects.get().state == filed.matter.state == "investigating"
    assert MatterEvent.objects.count() == 2


def test_they_come_in_the_order_registered_and_each_once(heard, filed):
    order = []

    def first(_):
        order.append(1)

    def second(_):
        order.append(2)

    for each in (first, second, first):
        on_taken(each)
    filed.take("submit", filed.cast.officer, "03-03")
    assert order == [1, 2]
