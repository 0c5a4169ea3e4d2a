"""Who reported stays secret: sealed in the database, shown to few, each look on record."""

from __future__ import annotations

import pytest
from django.db import connection

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.lines.clues.models import Informant

PERSON = {"name": "李举报", "phone": "13800138000", "address": "三角镇某路 9 号"}
SECRETS = tuple(PERSON.values())


@pytest.fixture
def reported(found):
    told = {"channel": "letter", "is_real_name": "on", "contradiction": "夜间偷排黑水"}
    return found("举报偷排", source="complaint", said=told)


@pytest.fixture
def known(reported, cast, browse):
    answer = browse(cast.duty).post(address(reported), PERSON)
    assert answer.status_code == 302
    return reported


def address(walk, rest=""):
    return f"/clues/{walk.clue.pk}/informants/{rest}"


def test_what_is_kept_is_sealed(known):
    row = Informant.objects.get()
    assert row.identity == PERSON
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM clues_informant")
        stored = str(cursor.fetchall())
    assert not any(secret in stored for secret in SECRETS)


def test_the_page_names_nobody_until_it_is_asked_to(known, cast, browse):
    page = browse(cast.duty).get(address(known)).content.decode()
    assert "身份已加密" in page
    assert not any(secret in page for secret in SECRETS)


def test_a_look_is_written_down_and_listed(known, cast, browse):
    answer = browse(cast.duty).post(address(known, "reveal/"))
    assert all(secret in answer.content.decode() for secret in SECRETS)
    entry = AuditEntry.objects.get(action="clue.view_informant")
    assert (entry.actor, entry.subject) == (cast.duty, f"informant:{Informant.objects.get().pk}")
    again = browse(cast.head).get(address(known)).content.decode()
    assert "谁查看过" in again
    assert "duty" in again.split("谁查看过")[1]


def test_the_trail_and_the_events_hold_no_identity(known):
    told = str(list(AuditEntry.objects.values_list("subject", "detail")))
    told += str(list(known.clue.events.values_list("said", flat=True)))
    assert not any(secret in told for secret in SECRETS)


def test_no_other_page_names_anybody(known, cast, browse):
    browser = browse(cast.duty)
    pk = known.clue.pk
    for page in (
        f"/matters/{pk}/",
        "/clues/",
        "/matters/clue/",
        f"/matters/{pk}/file/",
        f"/search/?q={PERSON['phone']}",
    ):
        text = browser.get(page).content.decode().replace(f'value="{PERSON["phone"]}"', "")
        assert "李举报" not in text, page
        assert "某路 9 号" not in text, page


@pytest.mark.parametrize("who", ["field", "leader"])
def test_whoever_checks_or_decides_is_not_told_who_reported(known, cast, browse, who):
    browser = browse(getattr(cast, who))
    assert browser.get(address(known)).status_code == 403
    assert browser.post(address(known, "reveal/")).status_code == 403


def test_for_another_branch_the_clue_does_not_exist(known, cast, browse):
    assert browse(cast.stranger).get(address(known)).status_code == 404
    assert browse(cast.stranger).post(address(known, "reveal/")).status_code == 404


@pytest.mark.parametrize("change", [{"name": ""}, {"phone": "打他手机"}])
def test_what_is_wrong_is_told_and_nothing_kept(reported, cast, browse, change):
    answer = browse(cast.duty).post(address(reported), PERSON | change)
    assert answer.status_code == 422
    assert not Informant.objects.exists()


def test_an_identity_is_deleted_only_when_the_clue_is_over(known, cast, browse):
    row = Informant.objects.get()
    browser = browse(cast.head)
    browser.post(address(known, f"{row.pk}/erase/"))
    row.refresh_from_db()
    assert row.identity == PERSON
    known.take("innocent", cast.duty, known.day, cause="stopped", reasons="x")
    known.take("answer", cast.duty, known.day, way="phone", answer="已停产", told_all="on")
    browser.post(address(known, f"{row.pk}/erase/"))
    row.refresh_from_db()
    assert set(row.identity.values()) == {""}
    assert row.erased_at is not None
    assert row.told_at is not None
    assert AuditEntry.objects.filter(action="clue.erase_informant").count() == 1
    assert "身份已删除" in browser.get(address(known)).content.decode()


def test_the_desk_alone_deletes_nothing(known, cast, browse):
    row = Informant.objects.get()
    assert browse(cast.duty).post(address(known, f"{row.pk}/erase/")).status_code == 403
