"""Law that a paper of a case may rest on: named in full, with its article, in force for this conduct.

Laws and their days are data (``documents/consistency/cited_laws.yaml``); a law nobody knows there is not judged.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from zhihuan.bureau.documents.consistency.law import CitedLaw, cited_laws
from zhihuan.bureau.documents.reading.citations import Citation, citations_in

__all__ = ["citation_faults", "is_new_law"]

_CODE = "中华人民共和国生态环境法典"


def citation_faults(
    text: str, on: date, act_until: date | None, is_compared: bool = False
) -> list[str]:
    """What is wrong with law cited on a day, with how to mend it; empty when it may stand.

    act_until: the last day of the conduct, None: not known, or it goes on. is_compared: old and new law were laid
    side by side: conduct that ended under the old law is judged by it, or by the new where that is lighter (生态环境法典
    §1057), and neither is cited before somebody looked.
    """
    cited = citations_in(text)
    if not cited:
        return [
            _("请写明法律依据的全称和条款项，如《中华人民共和国生态环境法典》第一千零八十六条。")
        ]
    return [fault for each in cited for fault in _faults(each, on, act_until, is_compared)]


def is_new_law(text: str) -> bool:
    """Whether the Code is among what is cited."""
    return any(each.title == _CODE for each in citations_in(text))


def _faults(
    citation: Citation, on: date, act_until: date | None, is_compared: bool
) -> Iterator[str]:
    titles, short = cited_laws()
    if law := short.get(citation.title):
        yield _("《%(short)s》是简称，请写全称《%(title)s》。") % {
            "short": citation.title,
            "title": law.title,
        }
    law = titles.get(citation.title)
    if not citation.articles:
        yield _("《%(title)s》未写明条款。") % {"title": citation.title}
    if law is not None:
        yield from _force(law, on, act_until, is_compared)
        yield from (
            _("《%(title)s》没有第 %(article)d 条。") % {"title": law.title, "article": article}
            for article in citation.articles
            if law.articles and not 1 <= article <= law.articles
        )


def _force(law: CitedLaw, on: date, act_until: date | None, is_compared: bool) -> Iterator[str]:
    told = {"title": law.title, "until": law.until, "since": law.since}
    if on < law.since:
        yield _("《%(title)s》自 %(since)s 起施行，现在尚未施行。") % told
    elif act_until is not None and act_until < law.since and not is_compared:
        words = _(
            "《%(title)s》自 %(since)s 起施行，行为在此之前已终了；适用新法的，须填写新旧法比较（从旧兼从轻）。"
        )
        yield words % told
    if law.until is None or on <= law.until:
        return
    if act_until is None or act_until > law.until:
        words = _("《%(title)s》已于 %(until)s 后失效，违法行为持续到其后，须适用现行法律。")
        yield words % told
    elif not is_compared:
        words = _(
            "《%(title)s》已于 %(until)s 后失效；行为终了于失效之前的，须填写新旧法比较（从旧兼从轻）。"
        )
        yield words % told
