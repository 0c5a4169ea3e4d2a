"""The law a paper cites: in force on its day, by its full name, with articles that exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

import yaml
from django.utils.translation import gettext as _

from zhihuan.bureau.documents.consistency.case_file import CaseFile, Paper
from zhihuan.bureau.documents.consistency.finding import Finding, Weight
from zhihuan.bureau.documents.reading.citations import Citation, citations_in

__all__ = ["CitedLaw", "cited_laws", "law_cited"]


@dataclass(frozen=True, slots=True)
class CitedLaw:
    """until: the last day in force; None: still is. articles: how many it has; 0: not known."""

    title: str
    since: date
    until: date | None = None
    articles: int = 0


@cache
def cited_laws() -> tuple[Mapping[str, CitedLaw], Mapping[str, CitedLaw]]:
    """Those known, by their titles and by their short names."""
    text = files(__package__).joinpath("cited_laws.yaml").read_text(encoding="utf-8")
    titles: dict[str, CitedLaw] = {}
    short: dict[str, CitedLaw] = {}
    for each in yaml.safe_load(text):
        law = CitedLaw(each["title"], each["from"], each.get("until"), each.get("articles", 0))
        titles[law.title] = law
        short |= dict.fromkeys(each.get("short", ()), law)
    return titles, short


def law_cited(file: CaseFile) -> Iterator[Finding]:
    """Each law once a paper and fault; a law nobody knows here is passed over."""
    titles, short = cited_laws()
    for paper in file.standing:
        told: set[tuple[str, str]] = set()
        for citation in citations_in(paper.text):
            law = titles.get(citation.title) or short.get(citation.title)
            if law is None:
                continue
            for finding in _faults(file, paper, citation, law, citation.title in short):
                if (finding.rule, finding.what) not in told:
                    told.add((finding.rule, finding.what))
                    yield finding


def _faults(
    file: CaseFile, paper: Paper, citation: Citation, law: CitedLaw, is_short: bool
) -> Iterator[Finding]:
    if (
        is_short
        and f"以下简称《{citation.title}》" not in paper.text
        and not _introduced(paper, law)
    ):
        yield _finding(
            "law_short",
            _("法律名称用了简称：《%(short)s》") % {"short": citation.title},
            paper,
            _("第一次引用写全称《%(title)s》") % {"title": law.title},
            Weight.LOOK,
        )
    if law.until is not None and paper.made_on > law.until:
        yield from _repealed(file, paper, law)
    if paper.made_on < law.since:
        yield _finding(
            "law_not_yet",
            _("引用的《%(title)s》自 %(since)s 起施行，文书作出时尚未施行")
            % {"title": law.title, "since": law.since},
            paper,
            _("改引文书作出时有效的法律"),
        )
    for article in citation.articles:
        if law.articles and not 1 <= article <= law.articles:
            yield _finding(
                "law_article",
                _("《%(title)s》没有第 %(article)d 条（共 %(count)d 条）")
                % {"title": law.title, "article": article, "count": law.articles},
                paper,
                _("核对法条原文，改正条文序号"),
            )


def _introduced(paper: Paper, law: CitedLaw) -> bool:
    """Whether the paper gives the full title with its short form first (以下简称…)."""
    return f"《{law.title}》（以下简称" in paper.text


def _repealed(file: CaseFile, paper: Paper, law: CitedLaw) -> Iterator[Finding]:
    """Conduct that ended under a law may be judged by it (生态环境法典 §1057); later conduct may not."""
    assert law.until is not None  # noqa: S101 - asked before
    if file.conduct_until is not None and file.conduct_until <= law.until:
        return
    ended_later = file.conduct_until is not None
    yield _finding(
        "law_repealed",
        _("引用的《%(title)s》已于 %(until)s 后失效") % {"title": law.title, "until": law.until},
        paper,
        _("违法行为持续至新法施行后，应适用新法")
        if ended_later
        else _("改引现行法律；行为终了于失效前的，写明行为日期及适用旧法的理由（从旧兼从轻）"),
        Weight.WRONG if ended_later else Weight.LOOK,
    )


def _finding(
    rule: str, what: str, paper: Paper, mend: str, weight: Weight = Weight.WRONG
) -> Finding:
    return Finding(rule, what, paper.name, mend, weight)
