"""What is given is checked, kept once and named by a row; what is refused is set apart."""

from __future__ import annotations

import io
import json
import tempfile
from typing import Any

import pytest
import vault_samples as samples
from PIL import Image

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.vault.keeping import keep_made, open_file, receive
from zhihuan.bureau.vault.models import Content, RefusedFile, StoredFile
from zhihuan.bureau.vault.origin import Origin, Stated
from zhihuan.bureau.vault.refusals import RefusedFileError
from zhihuan.bureau.vault.refusing import original_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]


def give(
    content: bytes, name: str, actor: Any = None, address: str = "", **more: Any
) -> StoredFile:
    return receive(io.BytesIO(content), name, Origin(actor, address), **more)


def test_the_original_is_kept_to_the_last_byte(person: Any) -> None:
    content = samples.photo()
    stored = give(content, "现场.jpg", person("执法人员"), address="10.1.2.3")
    with open_file(stored) as file:
        assert file.read() == content
    assert stored.content.size_bytes == len(content)
    assert (stored.received_by.username, stored.address) == ("执法人员", "10.1.2.3")
    assert not stored.held


def test_a_file_on_the_disk_is_kept_without_being_read_into_memory() -> None:
    with tempfile.NamedTemporaryFile() as file:
        file.write(samples.mp4())
        file.flush()
        stored = receive(file, "a.mp4", Origin())
    assert stored.content.kind == "mp4"
    with open_file(stored) as kept:
        assert kept.read() == samples.mp4()


def test_two_people_who_give_the_same_share_the_content_and_keep_their_own_names(
    person: Any,
) -> None:
    first = give(samples.pdf(), "甲.pdf", person("执法人员"))
    second = give(samples.pdf(), "乙.pdf", person("值班员"))
    assert first.content == second.content
    assert (first.name, second.name) == ("甲.pdf", "乙.pdf")
    assert Content.objects.count() == 1


def test_what_the_browser_said_stands_beside_exif_and_mixes_with_nothing() -> None:
    import datetime as dt

    at = dt.datetime(2026, 11, 3, 1, 20, tzinfo=dt.UTC)
    stored = receive(
        io.BytesIO(samples.photo()), "a.jpg", Origin(stated=Stated(at, 113.5, 22.7, 12.0))
    )
    assert (stored.stated_at, stored.stated_lon, stored.stated_lat) == (at, 113.5, 22.7)
    assert stored.content.facts["exif"]["lat"] == pytest.approx(22.68, abs=1e-6)


def test_pictures_for_pages_hold_no_exif_and_stand_as_the_camera_was_held() -> None:
    sideways = samples.photo((2400, 1200))
    with Image.open(io.BytesIO(sideways)) as image:
        exif = image.getexif()
        exif[0x0112] = 6  # to be turned by a quarter
        turned = io.BytesIO()
        image.save(turned, "JPEG", exif=exif)
    stored = give(turned.getvalue(), "a.jpg")
    for made, longest in ((stored.content.preview, 1600), (stored.content.thumbnail, 320)):
        with open_file(StoredFile(content=made)) as file, Image.open(file) as image:
            assert image.size == (longest // 2, longest)
            assert dict(image.getexif()) == {}
            assert "exif" not in image.info
    assert b"HX-20" in turned.getvalue()


def test_a_made_document_is_held_and_checked_all_the_same() -> None:
    assert keep_made(samples.docx(), "行政处罚决定书.docx").held
    with pytest.raises(RefusedFileError):
        keep_made(samples.docx({"word/vbaProject.bin": b"x"}), "a.docx")


# ---- refused ----


def test_a_refused_file_is_set_apart_with_reason_giver_and_an_entry(person: Any) -> None:
    evil = samples.photo() + b"<script>x</script>"
    with pytest.raises(RefusedFileError):
        give(evil, "a.jpg", person("企业用户"), address="10.9.9.9")
    refused = RefusedFile.objects.get()
    assert (refused.code, refused.hostile, refused.name) == ("active_content", True, "a.jpg")
    assert refused.given_by.username == "企业用户"
    assert original_of(refused) == evil
    entry = AuditEntry.objects.get(action="vault.refuse")
    assert entry.subject == f"refused:{refused.pk}"
    assert not StoredFile.objects.exists()
    assert not Content.objects.exists()


def test_what_lies_apart_is_not_what_it_was_for_whoever_clicks_it(vault: Any) -> None:
    evil = samples.photo() + b"<script>x</script>"
    with pytest.raises(RefusedFileError):
        give(evil, "a.jpg")
    [lying] = (vault.folder / "refused").iterdir()
    assert b"<script>" not in lying.read_bytes()
    assert not lying.read_bytes().startswith(b"\xff\xd8")


def test_a_file_that_was_cut_for_its_length_is_told_of_and_not_kept(settings: Any) -> None:
    settings.ZHIHUAN_VAULT_IMAGE_MB = settings.ZHIHUAN_VAULT_DOCUMENT_MB = 1
    settings.ZHIHUAN_VAULT_TABLE_MB = settings.ZHIHUAN_VAULT_MEDIA_MB = 1
    with pytest.raises(RefusedFileError, match="3 MB"):
        give(samples.photo(), "a.jpg", size=3 * 2**20)
    refused = RefusedFile.objects.get()
    assert (refused.size_bytes, refused.sha256) == (3 * 2**20, "")
    assert original_of(refused) is None


def test_a_name_that_turns_the_writing_is_shown_without_that() -> None:
    with pytest.raises(RefusedFileError):
        give(samples.photo(), "a\u202egpj.exe")
    assert "\u202e" not in RefusedFile.objects.get().name


def test_facts_are_plain_json() -> None:
    stored = give(samples.photo(), "a.jpg")
    assert json.loads(json.dumps(stored.content.facts)) == stored.content.facts
