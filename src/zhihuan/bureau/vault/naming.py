"""What a file may be called. The name is kept for people; nothing is ever opened or found by it.

Refuses names that lead somewhere, that look like another name than they are (characters that turn
the direction of writing), and a second ending by which some machine would run the file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from django.utils.translation import gettext as _

from zhihuan.bureau.vault.refusals import RefusedFileError

__all__ = ["checked_name", "ending_of"]

_LONGEST = 150
# Windows and its kin run these by their ending; the second group web servers run
_RUN = frozenset(
    {
        *("exe", "com", "bat", "cmd", "scr", "pif", "msi", "msp", "cpl", "dll", "jar", "js", "jse"),
        *("vbs", "vbe", "wsf", "wsh", "ps1", "psm1", "hta", "lnk", "reg", "inf"),
        *("php", "php3", "php5", "phtml", "asp", "aspx", "jsp", "jspx", "cgi", "pl", "py", "sh"),
        *("htm", "html", "shtml", "xhtml", "svg", "xml", "mht", "swf"),
        *("docm", "dotm", "xlsm", "xltm", "xlam", "pptm"),
    }
)
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
# control (Cc), invisible and direction-turning (Cf), not assigned or private (Cn, Co, Cs)
_INVISIBLE = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})


def checked_name(name: str) -> str:
    """The name in one form (NFC), as it is kept. Raises RefusedFileError."""
    name = unicodedata.normalize("NFC", name).strip()
    if not name or len(name) > _LONGEST:
        raise _refusal(_("文件名为空或超过 %(most)d 个字。") % {"most": _LONGEST})
    if any(each in "/\\:" for each in name) or name.startswith(".") or name.endswith("."):
        raise _refusal(_("文件名不得含路径符号（/ \\ :），也不得以点开头或结尾。"), hostile=True)
    if any(unicodedata.category(each) in _INVISIBLE for each in name):
        raise _refusal(_("文件名含有看不见或改变书写方向的字符。"), hostile=True)
    if _RESERVED.fullmatch(name):
        raise _refusal(_("文件名是操作系统的保留名。"))
    _check_inner_endings(name)
    return name


def ending_of(name: str) -> str:
    """The last ending, lower case, without the dot; "" for none."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def check_ending(name: str, allowed: Collection[str], kind: str) -> None:
    """Raises RefusedFileError when the name's ending is not that of the content."""
    if ending_of(name) not in allowed:
        first = next(iter(allowed))
        raise RefusedFileError(
            "wrong_ending",
            _("文件内容是%(kind)s，文件名却不以 .%(ending)s 结尾。")
            % {"kind": kind, "ending": first},
            _("请确认选对了文件，把扩展名改为 .%(ending)s 后重新上传。") % {"ending": first},
            hostile=ending_of(name) in _RUN,
        )


def _check_inner_endings(name: str) -> None:
    inner = [part.strip().lower() for part in name.split(".")[1:-1]]
    if found := next((part for part in inner if part in _RUN), ""):
        raise _refusal(
            _("文件名中间含有可执行的扩展名 .%(ending)s。") % {"ending": found}, hostile=True
        )


def _refusal(words: str, *, hostile: bool = False) -> RefusedFileError:
    return RefusedFileError("name", words, _("请改名后重新上传。"), hostile=hostile)
