"""Example: raw bytes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.web.catalogue.example import Example, State
from zhihuan.web.raw_bytes import shown

EXAMPLE = Example(
    "raw_bytes",
    _("原始字节"),
    _("字节区可聚焦并滚动；十六进制用空格或回车展开。"),
    (
        State(
            _("文本报文"),
            '{% component "raw_bytes" shown=shown level=3 %}',
            {"shown": shown(b"##0012ST=32;CN=2011;PW=123456;MN=EXAMPLE;CP=&&&&0000\r\n")},
        ),
        State(
            _("非文本"),
            '{% component "raw_bytes" shown=shown level=3 %}',
            {"shown": shown(bytes(range(48)))},
        ),
    ),
)
