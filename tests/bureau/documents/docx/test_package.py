"""The same parts are the same bytes, and what is no document is refused."""

from __future__ import annotations

import io
import zipfile

import pytest
from word_files import clean_word, with_body

from zhihuan.bureau.documents.docx.package import NotADocumentError, parts_of, written
from zhihuan.bureau.documents.docx.words import parsed


def zipped(*entries: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return buffer.getvalue()


def test_order_and_time_of_writing_leave_no_trace():
    parts = parts_of(clean_word("甲"))
    backwards = dict(reversed(parts.items()))
    assert written(parts) == written(backwards) == written(parts_of(written(parts)))
    with zipfile.ZipFile(io.BytesIO(written(parts))) as archive:
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04 not really",
        zipped(("a.txt", b"x")),
        zipped(("[Content_Types].xml", b""), ("word/document.xml", b""), ("../evil", b"")),
        zipped(("[Content_Types].xml", b""), ("word/document.xml", b""), ("/evil", b"")),
    ],
    ids=["nothing", "broken", "no-document", "climbs-out", "absolute"],
)
def test_what_is_no_document_is_refused(data):
    with pytest.raises(NotADocumentError):
        parts_of(data)


def test_an_archive_that_unfolds_to_too_much_is_refused():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"")
        archive.writestr("word/document.xml", b"\0" * (101 * 2**20))
    with pytest.raises(NotADocumentError, match="unfolds"):
        parts_of(bomb.getvalue())


@pytest.mark.parametrize(
    "xml",
    [
        b"<a><b></a>",
        b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
    ],
    ids=["broken", "entity", "outside"],
)
def test_xml_that_is_broken_or_reaches_out_is_refused(xml):
    with pytest.raises(NotADocumentError):
        parsed(xml)


def test_a_made_document_is_read():
    assert parts_of(with_body("<w:p><w:r><w:t>甲</w:t></w:r></w:p>"))["word/document.xml"]
