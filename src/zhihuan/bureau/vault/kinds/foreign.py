"""What has no business inside a file of another kind: a second file, or words that a browser would run.

A file that is two kinds at once (polyglot) passes one program's check and is opened as the other by
the next. Photographs of telephones do carry something behind their end (a short film, a second
picture): that is allowed, archives, programs and markup are not.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from zhihuan.bureau.vault.kinds.broken import hostile
from zhihuan.bureau.vault.kinds.kind import Readable

__all__ = ["refuse_active_words", "refuse_second_file"]

# long enough that compressed data of half a gigabyte hardly holds one by chance
_ACTIVE = re.compile(
    rb"<script[\s>/]|<\?php\s|<!doctype\s+html|<iframe\s|<foreignobject|javascript:|vbscript:|<%@\s*page",
    re.IGNORECASE,
)
_ZIP_END = b"PK\x05\x06"
_ZIP_END_LONGEST = 22 + 65_535
_ZIP_ENTRY = b"PK\x03\x04"
# a PDF reader accepts its mark anywhere in the first kibibyte
_PDF_REACH = 1024


def refuse_active_words(content: Readable) -> None:
    """Scripts and markup, wherever they stand (a comment, metadata, behind the end)."""
    if found := _ACTIVE.search(content):
        raise hostile(
            "active_content",
            _("文件内藏有网页脚本代码（第 %(place)d 字节处）。") % {"place": found.start()},
            _("请用原始文件；如确系原件，请联系安全管理员核查。"),
        )


def refuse_second_file(content: Readable) -> None:
    """An archive or a document inside something that is neither."""
    tail = max(0, len(content) - _ZIP_END_LONGEST)
    if content.find(_ZIP_END, tail) >= 0 and content.find(_ZIP_ENTRY) >= 0:
        raise _second("ZIP")
    if content.find(b"%PDF-", 0, _PDF_REACH) >= 0:
        raise _second("PDF")


def _second(kind: str) -> Exception:
    return hostile(
        "polyglot",
        _("文件里面还藏着另一个 %(kind)s 文件。") % {"kind": kind},
        _("请分别上传各个文件；如确系原件，请联系安全管理员核查。"),
    )
