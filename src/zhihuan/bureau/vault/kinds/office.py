"""docx and xlsx: a plain zip with the right parts, and nothing in it that acts or reaches out.

Refused: macros, embedded programs (OLE, ActiveX), templates and data fetched from elsewhere, DDE,
XML with a document type (entities that unfold without end), entries that lead out of a folder or
unfold to too much, anything before or behind the archive.

Source: ISO/IEC 29500-2 (Open Packaging Conventions); APPNOTE 6.3.3 (zip).
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhihuan.bureau.vault.kinds.broken import broken, hostile
from zhihuan.bureau.vault.kinds.kind import Facts, Kind, Readable
from zhihuan.bureau.vault.limits import DOCUMENT, Limits
from zhihuan.bureau.vault.refusals import RefusedFileError

__all__ = ["DOCX", "XLSX"]

_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument."
_CONTENT_TYPES = "[Content_Types].xml"
_MAIN = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
_PROGRAMS = re.compile(
    r"(^|/)(vbaProject|vbaData|activeX|oleObject|attachedToolbars|customUI)|"
    r"\.(bin|exe|dll|js|vbs|bat|cmd|ps1|jar|class|hta|html?|svg)$",
    re.IGNORECASE,
)
# binary parts that Excel and Word themselves write and that hold no program
_HARMLESS = re.compile(r"(^|/)printerSettings\d*\.bin$", re.IGNORECASE)
_MACROS = re.compile(rb"macroEnabled|vbaProject|ms-office\.activeX", re.IGNORECASE)
_DOCTYPE = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_DDE_LINK = re.compile(rb"<(?:\w+:)?ddeLink", re.IGNORECASE)
# what a field of Word does: its words may be spread over several runs
_INSTRUCTION = re.compile(rb"<w:instrText[^>]*>([^<]*)|\bw:instr\s*=\s*\"([^\"]*)\"")
_DDE_FIELD = re.compile(rb"\bDDE(AUTO)?\s", re.IGNORECASE)
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_OUTSIDE = re.compile(rb"TargetMode\s*=\s*[\"']External", re.IGNORECASE)
_LINK = re.compile(rb"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']")
_ALLOWED_LINK = re.compile(rb"Target\s*=\s*[\"'](https?:|mailto:|#)", re.IGNORECASE)
_CHUNK = 2**18
_SMALL = 2**20


def _is_zip(content: Readable) -> bool:
    return content[:4] == b"PK\x03\x04"


def _is_docx(content: Readable) -> bool:
    return _is_zip(content) and _holds(content, _MAIN["docx"])


def _is_xlsx(content: Readable) -> bool:
    return _is_zip(content) and _holds(content, _MAIN["xlsx"])


def _holds(content: Readable, name: str) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return name in archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False


def _check(content: Readable, limits: Limits) -> Facts:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_archive(archive, content, limits)
            _check_parts(archive, limits)
            return {"parts": len(archive.namelist())}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise broken(_("Office 文档"), _("压缩包读不出")) from error


# ---- the archive ----


def _check_archive(archive: zipfile.ZipFile, content: Readable, limits: Limits) -> None:
    entries = archive.infolist()
    names = [each.filename for each in entries]
    if len(names) > limits.entries or len({name.lower() for name in names}) != len(names):
        raise _odd(_("条目过多或重名"))
    if archive.comment or min(each.header_offset for each in entries) != 0:
        raise _odd(_("压缩包前后还有其他数据"))
    if not content[-22:].startswith(b"PK\x05\x06"):
        raise _odd(_("压缩包前后还有其他数据"))
    for entry in entries:
        _check_entry(entry, limits)


def _check_entry(entry: zipfile.ZipInfo, limits: Limits) -> None:
    if _leads_out(entry):
        raise _odd(_("条目指向文件夹之外"), "zip_slip")
    if entry.flag_bits & 0x1:
        raise RefusedFileError(
            "locked", _("文档加了密码，无法核查内容。"), _("请去除密码后重新上传。")
        )
    if entry.file_size > _SMALL and entry.file_size > limits.ratio * max(entry.compress_size, 1):
        raise _bomb()
    if _PROGRAMS.search(entry.filename) and not _HARMLESS.search(entry.filename):
        raise _acts(entry.filename)


def _leads_out(entry: zipfile.ZipInfo) -> bool:
    name, path = entry.filename, PurePosixPath(entry.filename)
    is_link = entry.create_system == 3 and (entry.external_attr >> 16) & 0o170000 == 0o120000
    return is_link or path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name


# ---- what is in it ----


def _check_parts(archive: zipfile.ZipFile, limits: Limits) -> None:
    left = limits.unfolded
    for entry in archive.infolist():
        part = b"".join(_read(archive, entry, left))
        left -= len(part)
        if entry.filename.lower().endswith((".xml", ".rels", ".vml")):
            _check_xml(entry.filename, part)


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> Iterator[bytes]:
    """What it really unfolds to: what the archive says of itself may be a lie."""
    with archive.open(entry) as part:
        while chunk := part.read(_CHUNK):
            most -= len(chunk)
            if most < 0:
                raise _bomb()
            yield chunk


def _check_xml(name: str, part: bytes) -> None:
    text = _as_utf8(part)
    if _DOCTYPE.search(text):
        raise _odd(_("XML 中含有实体定义"), "entities")
    if (name == _CONTENT_TYPES and _MACROS.search(text)) or _calls_programs(text):
        raise _acts(name)
    if name.endswith(".rels"):
        for relation in _RELATION.findall(text):
            _check_relation(relation)


def _calls_programs(text: bytes) -> bool:
    instructions = b"".join(map(b"".join, _INSTRUCTION.findall(text)))
    return bool(_DDE_LINK.search(text) or _DDE_FIELD.search(instructions))


def _as_utf8(part: bytes) -> bytes:
    """XML may be UTF-16; a search for bytes would see nothing in it."""
    if part[:2] in {b"\xff\xfe", b"\xfe\xff"} or part[:2] in {b"<\0", b"\0<"}:
        order = "utf-16-le" if part[:2] in {b"\xff\xfe", b"<\0"} else "utf-16-be"
        return part.decode(order, "replace").encode()
    return part


def _check_relation(relation: bytes) -> None:
    if not _OUTSIDE.search(relation):
        return
    if not (_LINK.search(relation) and _ALLOWED_LINK.search(relation)):
        raise hostile(
            "reaches_out",
            _("文档会从外部地址取内容（外链模板、图片或数据）。"),
            _("请断开外部链接，或另存为 PDF 后重新上传。"),
        )


def _odd(what: str, code: str = "odd_archive") -> RefusedFileError:
    return hostile(
        code,
        _("文档的压缩包不寻常：%(what)s。") % {"what": what},
        _("请用 Office 或 WPS 打开后另存，再重新上传。"),
    )


def _bomb() -> RefusedFileError:
    return hostile("bomb", _("文档展开后过大。"), _("请拆分文档或压缩其中的图片后重新上传。"))


def _acts(name: str) -> RefusedFileError:
    return hostile(
        "macro",
        _("文档含有宏、嵌入对象或自动执行的内容（%(name)s）。") % {"name": name[:60]},
        _("请另存为不含宏的 .docx 或 .xlsx，或导出为 PDF 后重新上传。"),
    )


DOCX = Kind(
    "docx", gettext_lazy("Word 文档"), DOCUMENT, ("docx",),
    f"{_MEDIA_TYPE}wordprocessingml.document", _is_docx, _check,
)  # fmt: skip
XLSX = Kind(
    "xlsx", gettext_lazy("Excel 工作簿"), DOCUMENT, ("xlsx",),
    f"{_MEDIA_TYPE}spreadsheetml.sheet", _is_xlsx, _check,
)  # fmt: skip
