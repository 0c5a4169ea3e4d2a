"""Write the bundle of a matter's evidence: files as they are kept, then what is said of them, then the verifier."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.vault.bundling import contents
from zhihuan.bureau.vault.bundling.packing import AlteredEvidenceError, Pack, Tell
from zhihuan.bureau.vault.models import Evidence

__all__ = ["AlteredEvidenceError", "write_bundle"]


def write_bundle(
    path: Path, matter: Matter, evidence: Sequence[Evidence], *, asked_by: Any, tell: Tell
) -> str:
    """The whole file; returns the SHA-256 of its manifest. evidence: with file and content at hand."""
    with zipfile.ZipFile(path, "x", zipfile.ZIP_STORED) as archive:
        pack = Pack(archive, tell)
        for each in evidence:
            pack.evidence(each, contents.path_of(each))
        pack.tell("README.txt", _readme(matter).encode())
        return pack.seal(matter, asked_by)


def _readme(matter: Matter) -> str:
    lines = (
        _("证据包：%(title)s") % {"title": matter.title},
        "",
        "files/         " + _("证据原件，一字节不改，按证据编号命名"),
        "manifest.json  " + _("清单：每件证据的说明、长度、SHA-256、SM3、拍摄信息"),
        "custody.json   " + _("保管记录，逐条相连"),
        "access.json    " + _("查阅记录"),
        "verify.py      " + _("核验脚本：python3 verify.py，只需 Python 3.7 以上"),
        "",
        _("核验前请向制作单位另行取得清单的 SHA-256：python3 verify.py --manifest 摘要"),
        "",
    )
    return "\n".join(lines)
