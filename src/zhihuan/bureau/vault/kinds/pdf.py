"""PDF: whole, not locked, and without anything that acts: no scripts, programs, attached files, forms that send.

Names may be written with ``#4A`` for a letter, and objects may lie compressed in object streams: both are
undone before looking. What could be hidden in ways we do not undo (other filters on an object stream)
is refused rather than passed.

Source: ISO 32000-1:2008, 7.3.5 (names), 7.5.7 (object streams), 12.6.4 (actions).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhihuan.bureau.vault.kinds.broken import broken, hostile
from zhihuan.bureau.vault.kinds.foreign import refuse_active_words
from zhihuan.bureau.vault.kinds.kind import Facts, Kind, Readable
from zhihuan.bureau.vault.limits import DOCUMENT, Limits
from zhihuan.bureau.vault.refusals import RefusedFileError

__all__ = ["PDF"]

_END_REACH = 2048
_ACTS = re.compile(
    rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData|GoToE|Movie|Rendition)"
    rb"(?![A-Za-z0-9])"
)
_LOCKED = re.compile(rb"/Encrypt(?![A-Za-z0-9])")
_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z0-9])")
_LETTER = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"stream\r?\n")
_OBJECT_STREAM = re.compile(rb"/Type\s*/ObjStm(?![A-Za-z0-9])")
_FILTER = re.compile(rb"/Filter\s*(\[[^\]]*\]|/[A-Za-z0-9]+|\d+\s+\d+\s+R)")
_FLATE = re.compile(rb"\[?\s*/(FlateDecode|Fl)\s*\]?")
_DICTIONARY_REACH = 4096
_CHUNK = 2**16


def _is_pdf(content: Readable) -> bool:
    return content[:5] == b"%PDF-"


def _check_pdf(content: Readable, limits: Limits) -> Facts:
    _check_end(content)
    raw = content[:]
    parts = [_unescaped(part) for part in (raw, *_object_streams(raw, limits))]
    if any(_LOCKED.search(part) for part in parts):
        raise RefusedFileError(
            "locked", _("PDF 加了密码或限制，无法核查内容。"), _("请去除密码和限制后重新上传。")
        )
    if found := next(filter(None, map(_ACTS.search, parts)), None):
        raise _acts(found[1].decode())
    refuse_active_words(content)
    pages = sum(len(_PAGE.findall(part)) for part in parts)
    return {"version": content[5:8].decode("ascii", "replace"), "pages": pages}


def _check_end(content: Readable) -> None:
    last = content.rfind(b"%%EOF", max(0, len(content) - _END_REACH))
    if last < 0:
        raise broken("PDF", _("没有结尾标记，可能传输中断"))
    if content[last + 5 :].strip(b"\r\n\t \0"):
        raise hostile(
            "behind_the_end", _("PDF 结尾之后还有其他数据。"), _("请用“打印为 PDF”另存后重新上传。")
        )


def _unescaped(content: bytes) -> bytes:
    return _LETTER.sub(lambda found: bytes([int(found[1], 16)]), content)


def _object_streams(content: bytes, limits: Limits) -> Iterator[bytes]:
    """The unfolded content of each; all together no longer than the limit."""
    left = limits.unfolded
    for stream in _STREAM.finditer(content):
        before = content[max(0, stream.start() - _DICTIONARY_REACH) : stream.start()]
        dictionary = _unescaped(before[before.rfind(b"obj") :])
        if not _OBJECT_STREAM.search(dictionary):
            continue
        unfolded = _unfolded(content, stream.end(), dictionary, left)
        left -= len(unfolded)
        yield unfolded


def _unfolded(content: bytes, at: int, dictionary: bytes, most: int) -> bytes:
    named = _FILTER.search(dictionary)
    if named is None and b"/Filter" not in dictionary:
        return b""  # lies there as it is and was looked at already
    if named is None or not _FLATE.fullmatch(named[1]) or b"/DecodeParms" in dictionary:
        raise _hidden()
    return _inflated(content, at, most)


def _inflated(content: bytes, at: int, most: int) -> bytes:
    """To the end that the compressed data itself has: whatever else claims to end it may lie."""
    unfolding, found = zlib.decompressobj(), bytearray()
    try:
        while not unfolding.eof and len(found) <= most:
            chunk = unfolding.unconsumed_tail or content[at : (at := at + _CHUNK)]
            if not chunk:
                raise broken("PDF", _("压缩的对象读不出"))
            found += unfolding.decompress(chunk, most + 1 - len(found))
    except zlib.error as error:
        raise broken("PDF", _("压缩的对象读不出")) from error
    if len(found) > most:
        raise hostile("bomb", _("PDF 展开后过大。"), _("请拆分或降低清晰度后重新上传。"))
    return bytes(found)


def _acts(name: str) -> RefusedFileError:
    return hostile(
        "active_content",
        _("PDF 含有脚本、附件或自动动作（%(name)s）。") % {"name": name},
        _("请用“打印为 PDF”另存后重新上传；其中的附件请单独上传。"),
    )


def _hidden() -> RefusedFileError:
    return hostile(
        "hidden_content",
        _("PDF 的内部结构不寻常，无法核查。"),
        _("请用“打印为 PDF”另存后重新上传。"),
    )


PDF = Kind(
    "pdf", gettext_lazy("PDF 文档"), DOCUMENT, ("pdf",), "application/pdf", _is_pdf, _check_pdf
)
