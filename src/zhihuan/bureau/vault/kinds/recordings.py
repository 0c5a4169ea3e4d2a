"""Films and sound: MP4 and M4A, WebM, Ogg. The boxes, elements or pages must fill the file from end to end.

Nothing is decoded: what a player makes of the samples is the browser's business, behind a sandbox.

Source: ISO/IEC 14496-12 (boxes), RFC 8794 (EBML), RFC 3533 (Ogg).
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhihuan.bureau.vault.kinds.broken import broken
from zhihuan.bureau.vault.kinds.foreign import refuse_active_words, refuse_second_file
from zhihuan.bureau.vault.kinds.kind import Facts, Kind, Readable
from zhihuan.bureau.vault.limits import MEDIA, Limits

__all__ = ["M4A", "MP4", "OGG", "WEBM"]

_SOUND_BRANDS = {b"M4A ", b"M4B "}
_FILM_BRANDS = {
    *(b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V "),
    *(b"MSNV", b"dash", b"3gp4", b"3gp5", b"3gp6"),
}
_BOXES = frozenset(
    b"ftyp moov mdat free skip wide udta meta moof mfra sidx styp uuid pdin ssix emsg prft".split()
)


# ---- boxes (MP4, M4A) ----


def _is_mp4(content: Readable) -> bool:
    return content[4:8] == b"ftyp" and content[8:12] in _FILM_BRANDS


def _is_m4a(content: Readable) -> bool:
    return content[4:8] == b"ftyp" and content[8:12] in _SOUND_BRANDS


def _check_boxes(content: Readable, _limits: Limits) -> Facts:
    names = set(_boxes(content))
    if not {b"moov", b"mdat"} <= names:
        raise broken("MP4", _("缺少索引或内容，可能录制中断"))
    _check_around(content)
    return {"brand": content[8:12].decode("ascii").strip()}


def _boxes(content: Readable) -> Iterator[bytes]:
    at = 0
    while at < len(content):
        size, name = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
        if size == 1:
            size = int.from_bytes(content[at + 8 : at + 16], "big")
        elif size == 0:
            size = len(content) - at
        if name not in _BOXES or size < 8 or at + size > len(content):
            raise broken("MP4", _("数据盒不连贯，可能传输中断"))
        yield name
        at += size


# ---- elements (WebM) ----

_EBML, _DOC_TYPE, _SEGMENT, _VOID, _CUES = 0x1A45DFA3, 0x4282, 0x18538067, 0xEC, 0x1C53BB6B
_TOP = {_SEGMENT, _VOID, _CUES}


def _is_webm(content: Readable) -> bool:
    return content[:4] == b"\x1a\x45\xdf\xa3" and _doc_type(content) == b"webm"


def _doc_type(content: Readable) -> bytes:
    head = content[:256]
    at = head.find(_DOC_TYPE.to_bytes(2, "big"))
    if at < 0 or at + 3 > len(head):
        return b""
    length = head[at + 2] & 0x7F
    return head[at + 3 : at + 3 + length].rstrip(b"\0")


def _check_webm(content: Readable, _limits: Limits) -> Facts:
    at, found = 0, []
    while at < len(content):
        element, at = _element_id(content, at)
        size, at = _element_size(content, at)
        found.append(element)
        if size is None:  # recorded live: to the end
            break
        at += size
    if at > len(content) or found[0] != _EBML or _SEGMENT not in found or set(found[1:]) - _TOP:
        raise broken("WebM", _("数据不连贯，可能传输中断"))
    _check_around(content)
    return {}


def _element_id(content: Readable, at: int) -> tuple[int, int]:
    length = _length(content, at, 4)
    return int.from_bytes(content[at : at + length], "big"), at + length


def _element_size(content: Readable, at: int) -> tuple[int | None, int]:
    length = _length(content, at, 8)
    most = (1 << (7 * length)) - 1
    value = int.from_bytes(content[at : at + length], "big") & most
    return (None if value == most else value), at + length


def _length(content: Readable, at: int, most: int) -> int:
    """How many bytes a number has: by the place of its first set bit."""
    first = content[at] if at < len(content) else 0
    length = 9 - first.bit_length()
    if first == 0 or length > most or at + length > len(content):
        raise broken("WebM", _("数据不连贯，可能传输中断"))
    return length


# ---- pages (Ogg) ----


def _is_ogg(content: Readable) -> bool:
    return content[:4] == b"OggS"


def _check_ogg(content: Readable, _limits: Limits) -> Facts:
    codec = next((name for mark, name in _CODECS.items() if mark in content[:512]), "")
    if not codec:
        raise broken("Ogg", _("不是认得的声音编码（Opus、Vorbis、Speex、FLAC）"))
    at = 0
    while at < len(content):
        if content[at : at + 4] != b"OggS" or at + 27 > len(content):
            raise broken("Ogg", _("页不连贯，可能传输中断"))
        count = content[at + 26]
        at += 27 + count + sum(content[at + 27 : at + 27 + count])
    if at != len(content):
        raise broken("Ogg", _("结尾不完整"))
    _check_around(content)
    return {"codec": codec}


_CODECS = {b"OpusHead": "opus", b"\x01vorbis": "vorbis", b"Speex   ": "speex", b"\x7fFLAC": "flac"}


def _check_around(content: Readable) -> None:
    refuse_second_file(content)
    refuse_active_words(content)


MP4 = Kind(
    "mp4", gettext_lazy("MP4 视频"), MEDIA, ("mp4", "m4v"), "video/mp4", _is_mp4, _check_boxes
)
M4A = Kind("m4a", gettext_lazy("M4A 录音"), MEDIA, ("m4a",), "audio/mp4", _is_m4a, _check_boxes)
WEBM = Kind(
    "webm", gettext_lazy("WebM 音视频"), MEDIA, ("webm",), "video/webm", _is_webm, _check_webm
)
OGG = Kind(
    "ogg", gettext_lazy("Ogg 录音"), MEDIA, ("ogg", "oga", "opus"), "audio/ogg", _is_ogg, _check_ogg
)
