"""A phone's records become steps: once each, in their order, or stay with the reason why not."""

from __future__ import annotations

import pytest
from phones import Jotter, picture, told_of

from zhihuan.bureau.field_records.file_arriving import take_portion
from zhihuan.bureau.field_records.models import FieldRecord, Receipt
from zhihuan.bureau.field_records.receipts import Sender
from zhihuan.bureau.field_records.settling import settle
from zhihuan.bureau.matters.engine.taking import Acting, Said, take
from zhihuan.bureau.people.scope import forget_grants


def steps_of(matter):
    return list(matter.events.order_by("number").values_list("step", flat=True))


def test_a_whole_visit_written_without_a_network_is_taken_in_its_order(
    visit, jotter, arrive, send, cast
):
    told = [
        arrive(),
        jotter.jot(visit, "note", ("words", "总排口有泡沫")),
        jotter.jot(visit, "record", ("found", "超标"), ("kinds", "water"), ("kinds", "gas"),
                   ("seen_on", "2026-11-29")),
        jotter.jot(visit, "leave", ("remark", "")),
    ]  # fmt: skip
    for each in told:
        send(jotter, each)
    visit.refresh_from_db()
    assert steps_of(visit) == ["_open", "arrive", "note", "record", "leave"]
    assert visit.state == "left"
    event = visit.events.get(step="record")
    assert event.said["kinds"] == ["water", "gas"]
    assert event.actor == cast.officer
    assert [each["id"] for each in visit.events.get(step="arrive").officers] == [
        cast.officer.pk, cast.second.pk,
    ]  # fmt: skip
    assert set(FieldRecord.objects.values_list("state", flat=True)) == {"applied"}


def test_the_same_record_twice_is_one_step_and_both_receipts_are_kept(visit, jotter, arrive, send):
    told = arrive()
    first = send(jotter, told)
    second = send(jotter, told | {"sentAt": "2026-11-29T13:00:00+08:00"})
    assert first.pk == second.pk
    assert steps_of(visit) == ["_open", "arrive"]
    acts = list(Receipt.objects.values_list("act", flat=True))
    assert acts == ["received", "applied", "repeated"]


def test_what_comes_in_the_wrong_order_waits_and_is_taken_in_the_right_one(
    visit, jotter, arrive, send
):
    told = [
        arrive(),
        jotter.jot(visit, "note", ("words", "一")),
        jotter.jot(visit, "note", ("words", "二")),
    ]
    assert send(jotter, told[2]).state == "waiting"
    assert send(jotter, told[1]).state == "waiting"
    assert send(jotter, told[0]).state == "applied"
    said = [event.said["words"] for event in visit.events.filter(step="note").order_by("number")]
    assert said == ["一", "二"]


def test_records_of_another_matter_do_not_wait(visit, open_visit, jotter, arrive, send, cast):
    other = open_visit("另一家")
    arrive()  # never comes
    officers = [cast.officer.pk, cast.second.pk]
    told = jotter.jot(other, "arrive", ("weather", "rain"), ("told", "on"), officers=officers)
    assert send(jotter, told).state == "applied"


def test_who_came_second_is_told_and_what_they_wrote_stays(visit, jotter, arrive, send):
    send(jotter, arrive())
    other = Jotter()
    late = send(other, arrive(by=other))
    assert late.state == "conflict"
    assert "已被他人办理" in late.reason
    assert late.values == [["weather", "fine"], ["told", "on"]]
    assert steps_of(visit) == ["_open", "arrive"]
    assert Receipt.objects.filter(record=late, act="conflict").count() == 1


def test_two_phones_that_only_add_do_not_stand_in_each_others_way(
    visit, jotter, arrive, send, cast
):
    send(jotter, arrive())
    visit.refresh_from_db()
    mine, other = jotter, Jotter()
    told = mine.jot(visit, "note", ("words", "我的")), other.jot(visit, "note", ("words", "同事的"))
    assert send(mine, told[0]).state == "applied"
    assert send(other, told[1], by=cast.second).state == "applied"


def test_what_the_form_refuses_says_which_answer(visit, jotter, send, cast):
    officers = [cast.officer.pk, cast.second.pk]
    record = send(jotter, jotter.jot(visit, "arrive", ("weather", "snow"), officers=officers))
    assert record.state == "conflict"
    assert set(record.errors) == {"weather", "told"}


def test_too_few_officers_are_told(visit, jotter, send, cast):
    told = jotter.jot(
        visit, "arrive", ("weather", "fine"), ("told", "on"), officers=[cast.officer.pk]
    )
    record = send(jotter, told)
    assert (record.state, "至少 2 名" in record.reason) == ("conflict", True)


def test_a_right_lost_meanwhile_counts_when_it_is_applied(visit, jotter, arrive, send, cast):
    cast.officer.grants.all().delete()
    forget_grants(cast.officer)
    record = send(jotter, arrive())
    assert record.state == "conflict"
    assert "权限" in record.reason


def test_a_matter_that_is_not_there_and_a_step_that_is_none_are_kept_with_words(
    visit, jotter, send
):
    told = jotter.jot(visit, "arrive") | {"matter": 987_654}
    gone = send(jotter, told)
    assert (gone.state, gone.matter) == ("conflict", None)
    jotter.last.clear()
    unfit = send(jotter, jotter.jot(visit, "drop", ("why", "x")))
    assert (unfit.state, "离线" in unfit.reason) == ("conflict", True)


def test_what_follows_a_conflict_waits_for_the_decision(visit, jotter, arrive, send):
    told = [arrive(version=0), jotter.jot(visit, "note", ("words", "一"))]
    assert send(jotter, told[0]).state == "conflict"
    assert send(jotter, told[1]).state == "waiting"


def test_a_record_with_a_photograph_waits_for_it_and_makes_it_evidence(
    visit, jotter, arrive, send, cast
):
    send(jotter, arrive())
    content = picture()
    record = send(jotter, jotter.jot(visit, "note", ("words", "泡沫"), files=[told_of(content)]))
    assert record.state == "waiting"
    sender = Sender(cast.officer, "10.0.0.9")
    assert take_portion(record.files.get(), 0, content, sender) == len(content)
    settle(record, sender)
    assert record.state == "applied"
    piece = visit.evidence.get()
    assert piece.event == record.event
    assert piece.file.name == "现场.png"
    assert (piece.file.stated_lon, piece.file.stated_lat) == (113.4, 22.7)
    assert piece.file.stated_at.isoformat() == "2026-11-29T02:00:00+00:00"


def test_a_file_that_the_vault_refuses_is_told_and_the_words_stay(
    visit, jotter, arrive, send, cast
):
    send(jotter, arrive())
    content = b"MZ is no photograph"
    told = jotter.jot(visit, "note", ("words", "泡沫"), files=[told_of(content)])
    record = send(jotter, told)
    sender = Sender(cast.officer)
    take_portion(record.files.get(), 0, content, sender)
    settle(record, sender)
    assert (record.state, "附件未被接收" in record.reason) == ("conflict", True)
    assert record.values == [["words", "泡沫"]]


def test_an_effect_that_fails_leaves_the_record_waiting_and_the_matter_as_it_was(
    visit, jotter, arrive, send, monkeypatch
):
    from zhihuan.bureau.matters.engine import effects

    def fail(_taken):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(effects, "_effects", [fail])
    told = arrive()
    with pytest.raises(RuntimeError):
        send(jotter, told)
    assert FieldRecord.objects.get().state == "waiting"
    assert steps_of(visit) == ["_open"]
    monkeypatch.setattr(effects, "_effects", [])
    assert send(jotter, told).state == "applied"


def test_a_step_taken_at_the_desk_meanwhile_is_a_conflict(visit, jotter, arrive, send, cast):
    told = arrive()
    take(visit, "drop", Acting(cast.head), Said({"why": "改期"}), version=visit.version)
    record = send(jotter, told)
    assert record.state == "conflict"
    assert "已被他人办理" in record.reason
