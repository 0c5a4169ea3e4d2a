"""Evidence: a picture has time, place and author; a copy was compared with its original.

Source: 行政处罚法 §§46, 55; 最高人民法院关于行政诉讼证据若干问题的规定 §§10–12.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from zhihuan.bureau.documents.consistency.case_file import CaseFile, Exhibit
from zhihuan.bureau.documents.consistency.finding import Finding, Weight

__all__ = ["copies_compared", "pictures_told"]

_COMPARED = re.compile("核对|无异|一致|相符|属实")


def pictures_told(file: CaseFile) -> Iterator[Finding]:
    """Photographs and films say when, where and by whom they were made."""
    for each in file.exhibits:
        if each.kind != "audiovisual" and not (each.is_picture and each.obtained == "taken"):
            continue
        missing = [words for words, value in _asked(each) if not value]
        if missing:
            yield Finding(
                "picture_untold",
                _("照片或录像没有写明%(missing)s") % {"missing": "、".join(missing)},
                _("证据 %(name)s") % {"name": each.name},
                _("由制作人补充说明制作时间、地点和制作人，重新入卷"),
            )


def _asked(exhibit: Exhibit) -> Iterator[tuple[str, object]]:
    yield _("制作时间"), exhibit.taken_on
    yield _("制作地点"), exhibit.place
    yield _("制作人"), exhibit.taken_by


def copies_compared(file: CaseFile) -> Iterator[Finding]:
    """A copy says where its original is and that somebody compared the two."""
    for each in file.exhibits:
        if each.obtained == "copied" and not _COMPARED.search(each.told):
            yield Finding(
                "copy_unchecked",
                _("复制件没有注明出处并经核对"),
                _("证据 %(name)s") % {"name": each.name},
                _("由提供人注明“与原件核对无异”并签名，在保管记录中写明核对情况"),
                Weight.LOOK,
            )
