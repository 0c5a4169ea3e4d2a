"""Plain text and CSV: characters, no markup that a browser would draw, no cell that a spreadsheet would run.

Text has no mark of its own, so it is asked last; the ending tells CSV from text. Encodings: UTF-8, else
GB 18030.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhihuan.bureau.vault.kinds.broken import hostile
from zhihuan.bureau.vault.kinds.foreign import refuse_active_words
from zhihuan.bureau.vault.kinds.kind import Facts, Kind, Readable
from zhihuan.bureau.vault.limits import TABLE, Limits

__all__ = ["CSV", "TEXT", "encoding_of"]

_MARKUP = re.compile(rb"\s*<(\?xml|!doctype|html|svg|head|body)", re.IGNORECASE)
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
# a cell that begins like a formula and calls a program or fetches something
_RUNS = re.compile(
    rb"(^|[,;\t\n\r])[\"']?[=+\-@][^\n\r]{0,200}?(\|[^\n\r]{0,200}?!|\b(HYPERLINK|WEBSERVICE|DDE|CALL|EXEC)\s*\()",
    re.IGNORECASE,
)


def encoding_of(content: Readable) -> str:
    """utf-8 or gb18030; "" when the bytes are characters in neither."""
    raw = content[:]
    for name in ("utf-8", "gb18030"):
        try:
            raw.decode(name)
        except UnicodeDecodeError:
            continue
        return name
    return ""


def _is_text(content: Readable) -> bool:
    return bool(len(content)) and not _CONTROLS.search(content) and bool(encoding_of(content))


def _check(content: Readable, _limits: Limits) -> Facts:
    raw = content[:].removeprefix(b"\xef\xbb\xbf")
    if _MARKUP.match(raw):
        raise hostile(
            "markup",
            _("文件内容是网页或 SVG，不是文字。"),
            _("请导出为 PDF 或图片后重新上传。"),
        )
    refuse_active_words(raw)
    if _RUNS.search(raw):
        raise hostile(
            "formula",
            _("表格中有会调用程序或外部地址的公式。"),
            _("请把公式改为数值后重新上传。"),
        )
    return {"encoding": encoding_of(raw), "lines": raw.count(b"\n") + (not raw.endswith(b"\n"))}


CSV = Kind("csv", gettext_lazy("CSV 表格"), TABLE, ("csv",), "text/csv", _is_text, _check)
TEXT = Kind("text", gettext_lazy("文本"), TABLE, ("txt",), "text/plain", _is_text, _check)
