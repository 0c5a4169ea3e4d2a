"""The pages of evidence: who may open them, what they hold, that looking leaves an entry."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import pytest
import vault_samples as samples
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.vault.models import Evidence, RefusedFile, StoredFile

pytestmark = pytest.mark.django_db
OK, FOUND, FORBIDDEN = HTTPStatus.OK, HTTPStatus.FOUND, HTTPStatus.FORBIDDEN
MISSING, UNPROCESSABLE = HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY


@pytest.fixture
def pieces(add: Any, walk: Any) -> list[Any]:
    """A photograph from an officer, a PDF from the party."""
    return [
        add(samples.photo(), "总排口.jpg", lon=113.5, lat=22.7),
        add(samples.pdf(), "报告.pdf", walk.cast.owner, obtained="given", title="自行监测报告"),
    ]


def addresses(walk: Any, piece: Any) -> list[str]:
    return [
        reverse("evidence-of", args=[walk.matter.pk]),
        *(
            reverse(f"evidence{part}", args=[piece.pk])
            for part in ("", "-file", "-preview", "-thumbnail")
        ),
    ]


def told(action: str) -> int:
    return AuditEntry.objects.filter(action=action).count()


# ---- who ----


def test_officers_open_all_and_each_look_is_an_entry(
    pieces: Any, walk: Any, browser_as: Any
) -> None:
    browser = browser_as(walk.cast.head)
    for address in addresses(walk, pieces[0]):
        assert browser.get(address).status_code == OK, address
    assert [told(f"evidence.{what}") for what in ("list", "read", "download")] == [1, 1, 1]
    assert told("evidence.preview") == 0  # after a download a smaller picture is no new look


def test_for_others_it_does_not_exist(pieces: Any, walk: Any, browser_as: Any, person: Any) -> None:
    for who in (walk.cast.stranger, person("duty_officer"), person("security_administrator")):
        browser = browser_as(who)
        for address in addresses(walk, pieces[0]):
            assert browser.get(address).status_code == MISSING, (who, address)
    assert told("evidence.read") == 0


def test_a_party_opens_what_it_gave_and_not_what_was_found_against_it(
    pieces: Any, walk: Any, browser_as: Any
) -> None:
    browser = browser_as(walk.cast.owner)
    page = browser.get(reverse("evidence-of", args=[walk.matter.pk])).content.decode()
    assert "自行监测报告" in page
    assert "总排口" not in page
    assert browser.get(reverse("evidence", args=[pieces[1].pk])).status_code == OK
    assert browser.get(reverse("evidence-file", args=[pieces[1].pk])).status_code == OK
    for part in ("", "-file", "-preview", "-thumbnail"):
        assert browser.get(reverse(f"evidence{part}", args=[pieces[0].pk])).status_code == MISSING


def test_a_party_sees_who_gave_but_not_who_looked(pieces: Any, walk: Any, browser_as: Any) -> None:
    browser_as(walk.cast.head).get(reverse("evidence", args=[pieces[1].pk]))
    page = (
        browser_as(walk.cast.owner).get(reverse("evidence", args=[pieces[1].pk])).content.decode()
    )
    assert "查阅记录" not in page


# ---- what ----


def test_a_piece_shows_digests_and_where_camera_and_officer_differ(
    pieces: Any, walk: Any, browser_as: Any
) -> None:
    page = browser_as(walk.cast.head).get(reverse("evidence", args=[pieces[0].pk])).content.decode()
    assert pieces[0].file.content.sha256 in page
    assert pieces[0].file.content.sm3 in page
    assert "HX-20" in page
    assert f'aria-current="page">{pieces[0].title}</li>' in page
    assert "填写与相机（EXIF）的地点相距" in page


def test_a_changed_custody_is_told_on_the_page(pieces: Any, walk: Any, browser_as: Any) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE vault_custodyentry SET holder = 'x'")
    page = browser_as(walk.cast.head).get(reverse("evidence", args=[pieces[0].pk])).content.decode()
    assert "保管记录第 1 条与链值不符" in page


def test_a_gallery_asks_as_much_for_many_as_for_few(
    add: Any, walk: Any, browser_as: Any, django_assert_max_num_queries: Any
) -> None:
    browser, address = browser_as(walk.cast.head), reverse("evidence-of", args=[walk.matter.pk])
    browser.get(address)  # what a process reads once for all pages
    asked = []
    for count in (1, 12):
        for number in range(len(asked), count):
            add(samples.photo((40 + number, 40)), f"{number}.jpg")
        with django_assert_max_num_queries(12) as queries:
            page = browser.get(address)
        assert page.content.decode().count('class="vault-card"') == count
        asked.append(len(queries))
    assert asked[0] == asked[1]


# ---- adding ----

SAID = {
    "title": "夜间排放", "kind": "audiovisual", "obtained": "taken", "taken_at": "2026-11-03T09:15",
    "place": "总排口", "taken_by": "张三、李四",
}  # fmt: skip


def post(browser: Any, matter: Any, content: bytes | None, name: str = "a.jpg", **said: str) -> Any:
    files = {} if content is None else {"file": SimpleUploadedFile(name, content)}
    return browser.post(reverse("evidence-add", args=[matter.pk]), SAID | said | files)


def test_a_photograph_is_added_with_what_the_browser_said(
    walk: Any, vault: Any, browser_as: Any
) -> None:
    stated = {
        "file-at": "2026-11-03T09:16:00+08:00",
        "file-lon": "113.42",
        "file-lat": "22.68",
        "file-accuracy": "8",
    }
    answer = post(browser_as(walk.cast.officer), walk.matter, samples.photo(), **stated)
    piece = Evidence.objects.get()
    assert answer["Location"] == reverse("evidence", args=[piece.pk])
    assert (piece.number, piece.added_by, piece.taken_by) == (1, walk.cast.officer, "张三、李四")
    assert piece.file.stated_lon == 113.42
    assert piece.taken_at.isoformat() == "2026-11-03T01:15:00+00:00"


def test_a_refused_form_keeps_the_file_and_what_was_typed(
    walk: Any, vault: Any, browser_as: Any
) -> None:
    browser = browser_as(walk.cast.officer)
    answer = post(browser, walk.matter, samples.photo(), place="")
    assert answer.status_code == UNPROCESSABLE
    page = answer.content.decode()
    assert "须写明时间、地点和制作人" in page
    assert "夜间排放" in page
    token = answer.context["form"]["file"].value()
    assert token in page
    assert post(browser, walk.matter, None, file=token).status_code == FOUND
    assert StoredFile.objects.count() == 1


def test_a_browser_sends_the_empty_file_field_beside_what_is_kept(
    walk: Any, vault: Any, browser_as: Any
) -> None:
    browser = browser_as(walk.cast.officer)
    address = reverse("evidence-add", args=[walk.matter.pk])
    token = post(browser, walk.matter, samples.photo(), place="").context["form"]["file"].value()
    fields = SAID | {
        "file": token,
        "file-at": "",
        "file-lon": "",
        "file-lat": "",
        "file-accuracy": "",
        "lon": "",
        "lat": "",
        "origin": "",
    }
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    empty = '--x\r\nContent-Disposition: form-data; name="file"; filename=""\r\nContent-Type: application/octet-stream\r\n\r\n\r\n'
    body = "".join([*parts, empty, "--x--\r\n"]).encode()
    answer = browser.post(address, body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == FOUND, answer.context["form"].errors


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (samples.photo() + b"<script>alert(1)</script>", "a.jpg", "网页脚本代码"),
        (samples.docx({"word/vbaProject.bin": b"x"}), "a.docx", "宏"),
        (b"MZ" + bytes(99), "photo.jpg", "不收这种文件"),
        (b"<svg onload=alert(1)>", "a.svg", "网页或 SVG"),
    ],
)
def test_a_hostile_upload_is_refused_in_words_and_set_apart(
    walk: Any, vault: Any, browser_as: Any, content: bytes, name: str, words: str
) -> None:
    answer = post(browser_as(walk.cast.officer), walk.matter, content, name)
    assert answer.status_code == UNPROCESSABLE
    assert words in answer.content.decode()
    assert not Evidence.objects.exists()
    assert RefusedFile.objects.get().given_by == walk.cast.officer


def test_a_name_that_is_markup_is_shown_as_words(walk: Any, vault: Any, browser_as: Any) -> None:
    title = "<img src=x onerror=alert(1)>"
    browser = browser_as(walk.cast.officer)
    answer = post(browser, walk.matter, samples.photo(), title=title)
    page = browser.get(answer["Location"]).content.decode()
    assert title not in page
    assert "&lt;img src=x" in page


def test_who_may_not_add_is_told_and_a_stranger_sees_no_matter(
    walk: Any, vault: Any, browser_as: Any, person: Any
) -> None:
    assert (
        post(browser_as(person("duty_officer")), walk.matter, samples.photo()).status_code
        == FORBIDDEN
    )
    assert post(browser_as(walk.cast.stranger), walk.matter, samples.photo()).status_code == MISSING
    assert not StoredFile.objects.exists()


def test_a_party_adds_what_it_gives_and_nothing_else(
    walk: Any, vault: Any, browser_as: Any
) -> None:
    browser = browser_as(walk.cast.owner)
    assert post(browser, walk.matter, samples.pdf(), "a.pdf").status_code == UNPROCESSABLE
    assert post(browser, walk.matter, samples.pdf(), "a.pdf", obtained="given").status_code == FOUND
    assert Evidence.objects.get().from_party


# ---- custody ----


def enter(browser: Any, piece: Any, **said: str) -> Any:
    return browser.post(reverse("evidence-keep", args=[piece.pk]), said)


def test_custody_is_entered_and_shown(pieces: Any, walk: Any, browser_as: Any) -> None:
    browser = browser_as(walk.cast.officer)
    assert (
        enter(browser, pieces[0], act="hand_over", holder="王五", place="证物室").status_code
        == FOUND
    )
    page = browser.get(reverse("evidence", args=[pieces[0].pk])).content.decode()
    assert "保管人 王五" in page


def test_what_lacks_is_told_beside_the_form(pieces: Any, walk: Any, browser_as: Any) -> None:
    answer = enter(browser_as(walk.cast.officer), pieces[0], act="hand_over")
    assert answer.status_code == UNPROCESSABLE
    assert "请填写接收人" in answer.content.decode()


def test_withdrawing_is_the_heads_and_leaves_the_piece_marked(
    pieces: Any, walk: Any, browser_as: Any
) -> None:
    assert (
        enter(browser_as(walk.cast.officer), pieces[0], act="withdraw", words="x").status_code
        == UNPROCESSABLE
    )
    assert (
        enter(browser_as(walk.cast.head), pieces[0], act="withdraw", words="与本案无关").status_code
        == FOUND
    )
    page = (
        browser_as(walk.cast.head)
        .get(reverse("evidence-of", args=[walk.matter.pk]))
        .content.decode()
    )
    assert "已撤回" in page


def test_a_party_enters_no_custody(pieces: Any, walk: Any, browser_as: Any) -> None:
    assert enter(browser_as(walk.cast.owner), pieces[1], act="seal").status_code == FORBIDDEN


# ---- bundles ----


@pytest.fixture
def made(pieces: Any, walk: Any) -> Any:
    from zhihuan.bureau.vault.bundling import running

    bundle = running._asked(walk.matter, walk.cast.head, "")
    running.make_here(bundle)
    bundle.refresh_from_db()
    return bundle


def test_a_bundle_is_taken_away_by_who_asked_and_nobody_else(
    made: Any, walk: Any, browser_as: Any
) -> None:
    browser = browser_as(walk.cast.head)
    page = browser.get(reverse("evidence-bundle", args=[made.pk])).content.decode()
    assert made.manifest_sha256 in page
    answer = browser.get(reverse("evidence-bundle-file", args=[made.pk]))
    assert answer["Content-Disposition"].startswith("attachment")
    assert told("evidence.download_bundle") == 1
    other = browser_as(walk.cast.officer)
    assert other.get(reverse("evidence-bundle-file", args=[made.pk])).status_code == MISSING


def test_progress_is_a_fragment_that_asks_again_until_it_is_ready(
    made: Any, walk: Any, browser_as: Any
) -> None:
    made.state, made.done, made.total = "making", 3 * 2**20, 9 * 2**20
    made.save()
    browser = browser_as(walk.cast.head)
    page = browser.get(
        reverse("evidence-bundle", args=[made.pk]), headers={"HX-Request": "true"}
    ).content.decode()
    assert "<html" not in page
    assert "3 / 9" in page
    assert "hx-trigger" in page


# ---- refused ----


@pytest.fixture
def refused(walk: Any, vault: Any, browser_as: Any) -> RefusedFile:
    post(browser_as(walk.cast.officer), walk.matter, samples.photo() + b"<script>x</script>")
    return RefusedFile.objects.get()


def test_the_security_administrator_alone_reaches_refused_files(
    refused: RefusedFile, walk: Any, browser_as: Any, person: Any
) -> None:
    paths = [
        reverse("refused-files"),
        *(reverse(name, args=[refused.pk]) for name in ("refused-file", "refused-bytes")),
    ]
    browser = browser_as(person("security_administrator"))
    for path in paths:
        answer = browser.get(path)
        assert answer.status_code == OK, path
        assert b"<script>x" not in answer.content or path == paths[2]
    answer = browser.get(paths[2])
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == f'attachment; filename="refused-{refused.pk}.bin"'
    assert told("vault.read_refused") == 3
    for who in (walk.cast.head, person("system_administrator"), person("audit_administrator")):
        assert [browser_as(who).get(path).status_code for path in paths] == [FORBIDDEN] * 3
