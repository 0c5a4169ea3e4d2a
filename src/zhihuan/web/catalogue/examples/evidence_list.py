"""Example: evidence list."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from zhihuan.web.catalogue.example import Case, Example, State
from zhihuan.web.components.evidence_file import EvidenceFile
from zhihuan.web.components.status import Status, StatusKind

AT = dt.datetime(2026, 5, 3, 2, 0, tzinfo=dt.UTC)
FILES = [
    EvidenceFile("现场照片.jpg", 2_345_678, "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
                 url="/", kind="照片", added=AT, added_by="示例员甲",
                 seal=Status(StatusKind.DONE, "校验一致")),
    EvidenceFile("检查笔录.pdf", 88_000, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732",
                 kind="笔录", added=AT, added_by="示例员乙",
                 seal=Status(StatusKind.DANGER, "校验不符")),
]  # fmt: skip
USE = '{% component "evidence_list" files=files caption="示例案件证据" %}'
EXAMPLE = Example(
    "evidence_list",
    _("证据列表"),
    _("文件名是下载链接，按 Tab 依次到达。"),
    (
        State(_("两份证据"), USE, {"files": FILES[:1] * 2}),
        State(_("校验不符"), USE, {"files": FILES[1:]}, Case.ERROR),
        State(_("没有附件"), USE, {"files": []}, Case.EMPTY),
    ),
)
