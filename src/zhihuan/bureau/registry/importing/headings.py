"""Which column of a file is which field: by the heading people write, spaces and brackets aside."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from zhihuan.bureau.registry.importing.sheet import Sheet
from zhihuan.bureau.registry.importing.table_file import FileRefusedError

_BRACKETS = re.compile(r"[（(【\[].*?[)）】\]]")


def match_headings(sheet: Sheet, headings: Sequence[str]) -> Mapping[str, int]:
    """Field → column. FileRefusedError names what lacks, what is double, and what is close to it."""
    places: dict[str, int] = {}
    known = {_plain(word): name for name in sheet.names for word in (sheet.heading(name), name)}
    for column, heading in enumerate(headings):
        name = known.get(_plain(heading))
        if name is None:
            continue
        if name in places:
            raise FileRefusedError(
                _("列名“%(heading)s”出现两次，请只保留一列。") % {"heading": heading}
            )
        places[name] = column
    _refuse_lacking(sheet, headings, places)
    return places


def unknown_headings(sheet: Sheet, headings: Sequence[str]) -> list[str]:
    """Headings that nothing is read from."""
    known = {_plain(word) for name in sheet.names for word in (sheet.heading(name), name)}
    return [heading for heading in headings if heading and _plain(heading) not in known]


def _refuse_lacking(sheet: Sheet, headings: Sequence[str], places: Mapping[str, int]) -> None:
    lacking = [sheet.heading(n) for n in sheet.names if sheet.is_needed(n) and n not in places]
    if not lacking:
        return
    spare = unknown_headings(sheet, headings)
    close = [(word, difflib.get_close_matches(word, spare, 1, 0.5)) for word in lacking]
    hints = [
        _("“%(found)s”是否应为“%(word)s”？") % {"found": f[0], "word": w} for w, f in close if f
    ]
    told = _("缺少列：%(names)s。") % {"names": "、".join(lacking)}
    raise FileRefusedError("".join((told, *hints, _("可下载模板对照。"))))


def _plain(heading: str) -> str:
    text = unicodedata.normalize("NFKC", heading).strip().lower()
    return _BRACKETS.sub("", text).replace(" ", "").replace("*", "").removesuffix("编码") or text
