"""The same record on two connections at once, with real threads: it is kept once and its step is taken once."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import DatabaseError, connections
from phones import picture, told_of

from zhihuan.bureau.field_records.incoming import Incoming
from zhihuan.bureau.field_records.models import FieldFile, FieldRecord, Receipt
from zhihuan.bureau.field_records.receipts import Sender
from zhihuan.bureau.field_records.receiving import NotKeptError, phone_of, receive
from zhihuan.bureau.field_records.settling import settle
from zhihuan.bureau.people.models import User

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE, ROUNDS = 2, 8


def sent_at_once(user: Any, phone: Any, *told: dict[str, Any]) -> list[Any]:
    """Each on a thread and a connection of its own, as the requests of a phone that asks again; what each
    was answered. One that the busy database turned away asks again, as a phone does."""
    answers: list[Any] = [None] * len(told)
    ready = threading.Barrier(len(told))

    def request(record: dict[str, Any]) -> Any:
        sender = Sender(User.objects.get(pk=user.pk), "10.0.0.9")
        kept = receive(phone_of(sender.user, phone.id), Incoming.read(record), sender)
        settle(kept, sender)
        return kept

    def run(place: int) -> None:
        ready.wait()
        try:
            for _attempt in range(50):
                try:
                    answers[place] = request(told[place])
                    break
                except DatabaseError:
                    connections.close_all()
        except NotKeptError as error:
            answers[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(told))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_a_record_sent_twice_at_once_is_kept_once(jotter, visit, cast, arrive):
    sent_at_once(cast.officer, jotter, *[arrive()] * AT_ONCE)
    for number in range(ROUNDS):
        record = jotter.jot(visit, "note", ("words", f"第{number}条"), version=2)
        answers = sent_at_once(cast.officer, jotter, *[record] * AT_ONCE)
        assert {str(each.pk) for each in answers} == {record["id"]}
        kept = FieldRecord.objects.get(pk=record["id"])
        assert kept.state == "applied", kept.reason
        acts = list(kept.receipts.values_list("act", flat=True))
        assert acts.count(Receipt.Act.RECEIVED) == 1
        assert acts.count(Receipt.Act.APPLIED) == 1
    said = [each.said.get("words") for each in visit.events.filter(step="note")]
    assert said == [f"第{number}条" for number in range(ROUNDS)]
    assert visit.events.filter(step="arrive").count() == 1


def test_its_files_are_named_once(jotter, visit, cast, arrive):
    record = arrive() | {"files": [told_of(picture(1))]}
    sent_at_once(cast.officer, jotter, *[record] * AT_ONCE)
    assert FieldFile.objects.count() == 1


def test_another_content_under_the_same_number_is_refused_whoever_comes_first(
    jotter, visit, cast, arrive
):
    record = arrive()
    other = record | {"values": [["weather", "rain"], ["told", "on"]]}
    answers = sent_at_once(cast.officer, jotter, record, other)
    kinds = sorted(type(each).__name__ for each in answers)
    assert kinds == ["FieldRecord", "NotKeptError"]
    assert FieldRecord.objects.count() == 1
    assert visit.events.filter(step="arrive").count() == 1
