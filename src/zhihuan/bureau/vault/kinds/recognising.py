"""What a file is, by its content; and whether it is plainly that and nothing else.

    recognised = recognise(content, "现场照片.jpg", limits)
    recognised.kind.media_type, recognised.facts["exif"]["taken_at"]

Raises RefusedFileError: unknown kinds (named, where their mark is known), a name that says something
else, and whatever the kind's own check refuses.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import puremagic
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhihuan.bureau.vault.kinds import images, office, pdf, recordings, text
from zhihuan.bureau.vault.kinds.kind import Facts, Kind, Readable
from zhihuan.bureau.vault.limits import Limits
from zhihuan.bureau.vault.naming import check_ending, checked_name, ending_of
from zhihuan.bureau.vault.refusals import RefusedFileError

__all__ = ["KINDS", "Recognised", "recognise"]

#: In the order asked; text last, for it has no mark.
KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        images.JPEG, images.PNG, images.WEBP, images.HEIC, pdf.PDF, office.DOCX, office.XLSX,
        recordings.MP4, recordings.M4A, recordings.WEBM, recordings.OGG, text.CSV, text.TEXT,
    )
}  # fmt: skip
_FIRST_BYTES = 4096
#: Word, Excel and PowerPoint until 2003, and WPS.
_OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
#: What Word, Excel and WPS save anew.
_PAPERS = (office.DOCX, office.XLSX, pdf.PDF)
#: What people try most often, called as they know it; the table of marks knows English names alone.
_MARKS = (
    (_OLD_OFFICE, gettext_lazy("旧版 Office 或 WPS 文件（.doc、.xls、.ppt、.wps）")),
    (b"PK", gettext_lazy("ZIP 压缩包")),
    (b"Rar!", gettext_lazy("RAR 压缩包")),
    (b"7z\xbc\xaf", gettext_lazy("7-Zip 压缩包")),
    (b"GIF8", gettext_lazy("GIF 图片")),
    (b"II*\x00", gettext_lazy("TIFF 图片")),
    (b"MM\x00*", gettext_lazy("TIFF 图片")),
    (b"BM", gettext_lazy("BMP 图片")),
    (b"MZ", gettext_lazy("Windows 程序")),
)


@dataclass(frozen=True, slots=True)
class Recognised:
    """kind; name: as it is kept; facts: what the content tells of itself."""

    kind: Kind
    name: str
    facts: Facts


def recognise(
    content: Readable, name: str, limits: Limits, accepted: Iterable[str] = ()
) -> Recognised:
    """accepted: the codes of kinds that will do here; all of them when empty."""
    name = checked_name(name)
    wanted = [KINDS[code] for code in accepted]
    kind = _kind_of(content, name, wanted)
    if wanted and kind not in wanted:
        raise _unwanted(kind, wanted)
    limits.check_size(kind.family, len(content))
    facts = kind.check(content, limits)
    # last: who hides something learns what was found, not how to call it
    check_ending(name, kind.endings, str(kind.title))
    return Recognised(kind, name, facts)


def _kind_of(content: Readable, name: str, wanted: list[Kind]) -> Kind:
    if not len(content):
        raise RefusedFileError("empty", _("文件是空的。"), _("请确认文件有内容后重新上传。"))
    found = [kind for kind in KINDS.values() if kind.looks(content)]
    # of the two kinds of text, the one that the name says
    named = [kind for kind in found if ending_of(name) in kind.endings]
    if not found:
        raise _unknown(content, wanted)
    return (named or found)[0]


def _unwanted(kind: Kind, wanted: list[Kind]) -> RefusedFileError:
    return RefusedFileError(
        "unwanted_kind",
        _("这里不收这种文件（按内容识别为：%(found)s）。") % {"found": kind.title},
        _("请上传：%(kinds)s。") % {"kinds": _titles(wanted)},
    )


def _unknown(content: Readable, wanted: list[Kind]) -> RefusedFileError:
    known = wanted or [kind for kind in KINDS.values() if kind is not images.HEIC]
    words = _("平台不收这种文件（按内容识别为：%(found)s）。") % {"found": _guessed(content)}
    papers = [kind for kind in _PAPERS if kind in known]
    if papers and content[: len(_OLD_OFFICE)] == _OLD_OFFICE:
        return RefusedFileError("unknown_kind", words, _saved_anew(papers))
    return RefusedFileError(
        "unknown_kind",
        words,
        _("可以上传：%(kinds)s。") % {"kinds": _titles(known)},
        hostile=content[:2] in {b"MZ", b"#!"} or content[:4] == b"\x7fELF",
    )


def _saved_anew(papers: list[Kind]) -> str:
    """How to make one of these of a document of old Word, Excel or WPS."""
    words = _("请用 Word、Excel 或 WPS 打开，另存为 %(endings)s 后上传。")
    return words % {"endings": "、".join(f".{kind.endings[0]}" for kind in papers)}


def _titles(kinds: Iterable[Kind]) -> str:
    return "、".join(str(kind.title) for kind in kinds)


def _guessed(content: Readable) -> str:
    """What its mark, or another's table of marks, says it is; for words alone, nothing is allowed by it."""
    for mark, title in _MARKS:
        if content[: len(mark)] == mark:
            return str(title)
    try:
        found = puremagic.magic_string(content[:_FIRST_BYTES])
    except (puremagic.PureError, ValueError):
        found = []
    named = next((each.name or each.extension.lstrip(".") for each in found), "")
    return named or _("未知格式")
