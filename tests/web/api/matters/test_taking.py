"""Programs read matters, open them and take steps under the same rules as people."""

from __future__ import annotations

import json
import uuid

import pytest

from zhihuan.bureau.matters.models import Matter

pytestmark = pytest.mark.usefixtures("api")
LIST = "/api/v1/matters/trial_case"


def post(client, address, given, header):
    return client.post(address, json.dumps(given), content_type="application/json", **header)


def step(matter, code):
    return f"{LIST}/{matter.pk}/steps/{code}"


def test_a_matter_is_read_with_its_events_and_clocks(filed, cast, client, token):
    answer = client.get(f"{LIST}/{filed.matter.pk}", **token(cast.head))
    told = answer.json()
    assert answer.status_code == 200
    assert (told["state"], told["party"], told["version"]) == ("investigating", cast.firm.pk, 2)
    assert [event["step"] for event in told["events"]] == ["_open", "file"]
    assert told["events"][1]["officers"][1]["name"] == "second"
    assert told["clocks"][0] | {"due_at": ""} == {
        "code": "decision", "limit": "E02", "outcome": "running", "last_day": "2026-06-01",
        "due_at": "", "provisional": False,
    }  # fmt: skip


def test_a_party_s_program_is_told_no_more_than_its_pages(filed, cast, client, token):
    told = client.get(f"{LIST}/{filed.matter.pk}", **token(cast.owner)).json()
    assert (told["state"], told["events"], told["clocks"]) == ("_ongoing", [], [])
    assert client.get(f"{LIST}?state=investigating", **token(cast.owner)).json()["items"] == []
    (listed,) = client.get(LIST, **token(cast.owner)).json()["items"]
    assert listed["state"] == "_ongoing"


def test_a_list_holds_what_lies_within_reach_and_can_be_asked(filed, cast, client, token):
    mine = client.get(f"{LIST}?state=investigating", **token(cast.officer)).json()
    assert [each["id"] for each in mine["items"]] == [filed.matter.pk]
    assert client.get(f"{LIST}?state=draft", **token(cast.officer)).json()["items"] == []
    assert client.get(LIST, **token(cast.stranger)).json()["items"] == []


def test_a_step_is_taken_and_answers_with_the_matter(filed, cast, client, token):
    answer = post(client, step(filed.matter, "submit"), {"version": 2}, token(cast.officer))
    assert answer.status_code == 200, answer.content
    assert (answer.json()["version"], answer.json()["state"]) == (3, "reviewing")
    assert answer.json()["events"][-1]["actor_name"] == "officer"


def test_days_and_amounts_are_said_as_json_says_them(filed, cast, client, token):
    filed.take("submit", cast.officer, "03-04")
    given = {"version": 3, "said": {"fine": "5000.00", "served_on": "2026-03-06"}}
    answer = post(client, step(filed.matter, "decide"), given, token(cast.head))
    assert answer.status_code == 200, answer.content
    assert answer.json()["events"][-1]["said"] == {"fine": "5000.00", "served_on": "2026-03-06"}


def test_officers_are_named_by_their_numbers(walk, cast, client, token):
    header = token(cast.officer)
    alone = {"version": 1, "officers": [cast.officer.pk]}
    answer = post(client, step(walk.matter, "file"), alone, header)
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:zhihuan:problem:conflict")
    assert "至少 2 名" in answer.json()["detail"]
    both = {"version": 1, "officers": [cast.officer.pk, cast.second.pk]}
    assert post(client, step(walk.matter, "file"), both, header).status_code == 200


@pytest.mark.parametrize(
    ("code", "given", "status", "words"),
    [
        ("extend", {"version": 1, "said": {"why": "x"}}, 412, "事项已被他人办理"),
        ("extend", {"version": 2, "said": {"why": "x"}}, 409, ""),  # long after its end
        ("appraised", {"version": 2}, 409, "不能办理"),
        ("extend", {"version": 2, "said": {}}, 422, "errors"),
        ("extend", {"version": 2, "said": {"why": "x" * 201}}, 422, "errors"),
        ("extend", {"version": 2, "said": {"why": "x", "more": 1}}, 422, "errors"),
        ("extend", {"version": 2, "said": {"why": "a\0b"}}, 422, "errors"),
    ],
)
def test_a_refusal_says_what_and_changes_nothing(
    filed, cast, client, token, code, given, status, words
):
    answer = post(client, step(filed.matter, code), given, token(cast.head))
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    assert words in answer.json()["detail"]
    assert filed.matter.events.count() == 2


def test_a_guard_refuses_as_it_does_on_the_page(filed, cast, client, token):
    filed.take("submit", cast.officer, "03-04")
    given = {"version": 3, "said": {"fine": "2000000", "served_on": "2026-03-06"}}
    answer = post(client, step(filed.matter, "decide"), given, token(cast.head))
    assert (answer.status_code, answer.json()["detail"]) == (
        409,
        "超过一百万元的罚款须经补充调查。",
    )


def test_a_token_narrows_its_owner(filed, cast, client, token):
    header = token(cast.head, "matters.view_trial_case")
    given = {"version": 2, "said": {"why": "x"}}
    answer = post(client, step(filed.matter, "extend"), given, header)
    assert answer.status_code == 403
    assert "matters.trial_case_extend" in answer.json()["detail"]
    assert client.get(LIST, **token(cast.head, "matters.trial_case_extend")).status_code == 403


def test_a_matter_out_of_reach_does_not_exist(filed, cast, client, token):
    header = token(cast.stranger)
    assert client.get(f"{LIST}/{filed.matter.pk}", **header).status_code == 404
    given = {"version": 2, "said": {"why": "x"}}
    assert post(client, step(filed.matter, "extend"), given, header).status_code == 404


def test_the_platforms_own_step_cannot_be_called(filed, cast, client, token):
    answer = post(client, step(filed.matter, "default"), {"version": 2}, token(cast.head))
    assert answer.status_code == 404


def test_what_is_not_json_is_refused(filed, cast, client, token):
    answer = client.post(
        step(filed.matter, "submit"), "version=2", content_type="text/plain", **token(cast.officer)
    )
    assert answer.status_code == 415


def test_a_matter_is_opened_once_a_submission(cast, client, token):
    header = token(cast.officer)
    given = {"title": "某厂超标", "town": cast.town.pk, "submission": str(uuid.uuid4())}
    answer = post(client, LIST, given, header)
    assert answer.status_code == 201, answer.content
    matter = Matter.objects.get()
    assert answer["Location"] == f"{LIST}/{matter.pk}"
    assert post(client, LIST, given, header).status_code == 409
    assert Matter.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"title": "x", "town": "000000"}, 422),
        ({"title": "x", "party": 987654321}, 422),
        ({"title": ""}, 422),
        ({"title": "x"}, 409),
    ],
)
def test_what_cannot_be_opened_is_not(cast, client, token, given, status):
    assert post(client, LIST, given, token(cast.officer)).status_code == status
    assert Matter.objects.count() == 0


def test_a_token_without_any_first_step_opens_nothing(cast, client, token):
    header = token(cast.head, "matters.view_trial_case", "matters.trial_case_extend")
    assert post(client, LIST, {"title": "x", "town": cast.town.pk}, header).status_code == 403
    assert Matter.objects.count() == 0
