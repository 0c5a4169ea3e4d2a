"""The talk with a phone: small answers, nothing twice, strangers are told so and nothing of theirs is lost."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from phones import Jotter, picture, told_of

from zhihuan.bureau.field_records.models import FieldRecord


def states(answer):
    assert answer.status_code == 200, answer.content
    return [each["state"] for each in answer.json()["records"]]


def test_records_are_kept_and_taken_and_the_answer_is_small(sync, visit, jotter, arrive):
    answer = sync(jotter, arrive(), jotter.jot(visit, "note", ("words", "泡沫")))
    assert states(answer) == ["applied", "applied"]
    assert len(answer.content) < 200
    visit.refresh_from_db()
    assert visit.state == "there"


def test_how_a_record_stands_is_asked_by_its_number_alone(sync, jotter, arrive):
    told = arrive()
    sync(jotter, told)
    assert states(sync(jotter, {"id": told["id"]})) == ["applied"]
    assert states(sync(jotter, {"id": "00000000-0000-4000-8000-000000000000"})) == ["unknown"]


def test_whose_session_has_ended_is_answered_401_and_the_phone_may_keep_all(visit, jotter, arrive):
    stranger = Client()
    body = json.dumps({"device": str(jotter.id), "records": [arrive()]})
    for answer in (
        stranger.get("/visits/state/"),
        stranger.post("/visits/sync/", body, content_type="application/json"),
        stranger.post(f"/visits/records/{'0' * 8}-0000-4000-8000-{'0' * 12}/files/{'a' * 64}/"),
    ):
        assert answer.status_code == 401
        assert "重新登录" in answer.json()["words"]
    assert not FieldRecord.objects.exists()


def test_a_program_without_the_key_of_forms_is_refused(cast, jotter, arrive):
    guarded = Client(enforce_csrf_checks=True)
    guarded.force_login(cast.officer)
    body = json.dumps({"device": str(jotter.id), "records": [arrive()]})
    assert guarded.post("/visits/sync/", body, content_type="application/json").status_code == 403
    token = guarded.get("/visits/state/").json()["token"]
    given = {"content_type": "application/json", "headers": {"X-CSRFToken": token}}
    assert guarded.post("/visits/sync/", body, **given).status_code == 200


def test_a_phone_of_somebody_else_is_refused_and_nothing_is_taken(
    sync, program, cast, jotter, arrive
):
    sync(jotter, arrive())
    answer = sync(jotter, by=program(cast.second))
    assert answer.status_code == 409
    assert "另一账号" in answer.json()["words"]


def test_a_record_of_anothers_phone_is_not_told_of(sync, program, cast, jotter, arrive):
    told = arrive()
    sync(jotter, told)
    theirs = program(cast.second)
    assert states(sync(Jotter(), {"id": told["id"]}, by=theirs)) == ["unknown"]
    assert states(sync(Jotter(), told, by=theirs)) == ["refused"]


def test_another_content_under_the_same_number_is_refused_and_noted(sync, jotter, arrive):
    told = arrive()
    sync(jotter, told)
    answer = sync(jotter, told | {"values": [["weather", "rain"]]})
    assert states(answer) == ["refused"]
    record = FieldRecord.objects.get()
    assert record.values == [["weather", "fine"], ["told", "on"]]
    assert list(record.receipts.values_list("act", flat=True)) == ["received", "applied", "altered"]


@pytest.mark.parametrize(
    ("part", "value"),
    [("id", "x"), ("sequence", -1), ("sequence", True), ("matter", "1"), ("step", ""), ("step", "a\0"),
     ("version", 1.5), ("after", "x"), ("values", [["a"]]), ("values", {}), ("values", [["a", 1]]),
     ("values", [["a", "\ud800"]]), ("values", [["a", "x" * 1_500_001]]), ("officers", ["1"]),
     ("files", [{}]), ("files", [None]), ("filledAt", "2026-11-29T10:00:00"), ("filledAt", None),
     ("sentAt", "now")],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_words_and_the_others_are_taken(
    sync, visit, jotter, arrive, part, value
):
    good = arrive()
    bad = jotter.jot(visit, "note", ("words", "x")) | {part: value}
    answer = sync(jotter, bad, good)
    assert states(answer) == ["refused", "applied"]
    assert "留在本机" in answer.json()["records"][0]["words"]


@pytest.mark.parametrize("body", ["", "[]", "{", '{"device": 1}', '{"records": []}', "[" * 100_000])
def test_a_body_of_something_else_is_refused(officer, body):
    answer = officer.post("/visits/sync/", body, content_type="application/json")
    assert answer.status_code == 400


def test_a_number_of_the_phone_used_twice_is_told(sync, visit, jotter, arrive):
    sync(jotter, arrive())
    again = jotter.jot(visit, "note", ("words", "x")) | {"sequence": 1}
    assert states(sync(jotter, again)) == ["refused"]


def portion(officer, record, sha256, offset, content):
    address = f"/visits/records/{record}/files/{sha256}/?offset={offset}"
    return officer.post(address, content, content_type="application/octet-stream")


def test_a_file_comes_in_portions_broken_off_doubled_and_too_early(
    sync, officer, visit, jotter, arrive
):
    content = picture()
    file = told_of(content)
    sync(jotter, arrive())
    told = jotter.jot(visit, "note", ("words", "泡沫"), files=[file])
    needs = sync(jotter, told).json()["records"][0]["needs"]
    assert needs == [{"sha256": file["sha256"], "received": 0}]

    def send(offset, part):
        return portion(officer, told["id"], file["sha256"], offset, part).json()["received"]

    assert send(20, content[20:]) == 0  # too early: left out
    assert send(0, content[:30]) == 30
    assert send(0, content[:30]) == 30  # doubled
    assert sync(jotter, told).json()["records"][0]["needs"][0]["received"] == 30
    answer = portion(officer, told["id"], file["sha256"], 10, content[10:]).json()  # overlaps
    assert (answer["received"], answer["record"]["state"]) == (len(content), "applied")
    with open_kept(visit) as kept:
        assert kept.read() == content


@pytest.fixture
def officer(program, cast):
    return program(cast.officer)


def open_kept(visit):
    from zhihuan.bureau.vault.keeping import open_file

    return open_file(visit.evidence.get().file)


def test_bytes_that_are_not_the_file_begin_anew(sync, officer, visit, jotter, arrive):
    content = picture()
    file = told_of(content)
    sync(jotter, arrive())
    told = jotter.jot(visit, "note", ("words", "泡沫"), files=[file])
    sync(jotter, told)
    wrong = bytes(len(content))
    assert portion(officer, told["id"], file["sha256"], 0, wrong).json()["received"] == 0
    answer = portion(officer, told["id"], file["sha256"], 0, content).json()
    assert answer["record"]["state"] == "applied"


def test_a_file_known_from_before_need_not_come_again_but_only_of_ones_own(
    sync, officer, program, cast, visit, jotter, arrive
):
    content = picture()
    file = told_of(content)
    sync(jotter, arrive())
    first, second = (jotter.jot(visit, "note", ("words", n), files=[file]) for n in "一二")
    sync(jotter, first)
    portion(officer, first["id"], file["sha256"], 0, content)
    assert states(sync(jotter, second)) == ["applied"]
    other = Jotter()
    theirs = other.jot(visit, "note", ("words", "同事"), files=[file])
    answer = sync(other, theirs, by=program(cast.second)).json()["records"][0]
    assert answer["needs"] == [{"sha256": file["sha256"], "received": 0}]


def test_files_of_others_records_and_odd_offsets_are_refused(
    sync, officer, program, cast, visit, jotter, arrive
):
    content = picture()
    sha256 = told_of(content)["sha256"]
    sync(jotter, arrive())
    told = jotter.jot(visit, "note", ("words", "x"), files=[told_of(content)])
    sync(jotter, told)
    assert portion(program(cast.second), told["id"], sha256, 0, content).status_code == 404
    assert portion(officer, told["id"], "b" * 64, 0, content).status_code == 404
    for offset in ("-1", "x", "", "9" * 13):
        assert portion(officer, told["id"], sha256, offset, content).status_code == 400


def test_a_file_that_is_too_large_is_told_before_a_byte_of_it_comes(
    sync, visit, jotter, arrive, settings
):
    sync(jotter, arrive())
    file = told_of(picture()) | {"size": 10**9}
    answer = sync(jotter, jotter.jot(visit, "note", ("words", "x"), files=[file])).json()
    assert answer["records"][0]["state"] == "conflict"
    assert "超过" in answer["records"][0]["words"]


def test_one_step_that_fails_by_our_own_defect_does_not_hold_up_the_others(
    sync, visit, open_visit, jotter, arrive, cast, monkeypatch, caplog
):
    from zhihuan.bureau.matters.engine import effects

    other = open_visit("另一家")

    def fail(taken):
        if taken.matter.pk == visit.pk and taken.step is not None:
            raise RuntimeError("a defect")

    monkeypatch.setattr(effects, "_effects", [fail])
    officers = [cast.officer.pk, cast.second.pk]
    told = (
        arrive(),
        jotter.jot(other, "arrive", ("weather", "rain"), ("told", "on"), officers=officers),
    )
    answer = sync(jotter, *told)
    assert states(answer) == ["waiting", "applied"]
    assert "稍后自动重试" in answer.json()["records"][0]["words"]
    assert "could not be settled" in caplog.text
    monkeypatch.setattr(effects, "_effects", [])
    assert states(sync(jotter, {"id": told[0]["id"]})) == ["applied"]
