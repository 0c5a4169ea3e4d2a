"""Two refusals that every check needs: the file is broken, or it holds more than it should."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from zhihuan.bureau.vault.refusals import RefusedFileError

__all__ = ["broken", "hostile"]


def broken(kind: Any, what: Any) -> RefusedFileError:
    """The content is not what its beginning says."""
    return RefusedFileError(
        "broken",
        _("文件不是完整的%(kind)s：%(what)s。") % {"kind": kind, "what": what},
        _("请从原设备重新导出或重新传输后再上传。"),
    )


def hostile(code: str, words: Any, mend: Any) -> RefusedFileError:
    """The content holds what an innocent file hardly would."""
    return RefusedFileError(code, words, mend, hostile=True)
