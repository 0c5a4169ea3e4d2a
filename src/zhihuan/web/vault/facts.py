"""What a page says of one piece: its facts, the three accounts of time and place, custody, looks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.vault.evidence.claims import claims_of
from zhihuan.bureau.vault.evidence.differences import Claim, differences
from zhihuan.bureau.vault.kinds.recognising import KINDS
from zhihuan.bureau.vault.models import CustodyEntry, Evidence
from zhihuan.web.audit.words import action_words
from zhihuan.web.components.status import StatusKind
from zhihuan.web.components.table import Blank, Cell, Heading, Row, Table
from zhihuan.web.components.term import Term
from zhihuan.web.components.timeline_event import TimelineEvent
from zhihuan.web.components.value import Kind, shown
from zhihuan.web.vault.words import CLAIMANTS, difference_words

__all__ = ["Claims", "claim_rows", "custody_events", "exif_terms", "facts_of", "looks"]


def facts_of(piece: Evidence) -> list[Term]:
    """What is said of it, and what its file is known by."""
    content = piece.file.content
    return [
        Term(_("证明内容"), piece.title),
        Term(_("证据种类"), piece.get_kind_display()),
        Term(_("取得方式"), piece.get_obtained_display()),
        Term(_("出处"), piece.origin, reason=_("未填写")),
        Term(_("制作地点"), piece.place, reason=_("未填写")),
        Term(_("制作人"), piece.taken_by, reason=_("未填写")),
        Term(_("入卷时间"), piece.added_at, Kind.MOMENT),
        Term(_("入卷人"), piece.added_by, reason=_("平台")),
        Term(_("文件"), piece.file.name, note=str(KINDS[content.kind].title)),
        Term(_("长度"), content.size_bytes, unit="B"),
        Term("SHA-256", content.sha256, Kind.CODE),
        Term("SM3", content.sm3, Kind.CODE),
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Claims:
    """table: who says which time and place; doubts: where they differ, in words."""

    table: Table
    doubts: list[str]


def claim_rows(piece: Evidence) -> Claims:
    """Said, camera and browser side by side."""
    told = claims_of(piece)
    heads = [
        Heading(_("来源")),
        Heading(_("时间"), Kind.MOMENT),
        Heading(_("经度")),
        Heading(_("纬度")),
    ]
    rows = [_claim(piece, each) for each in told]
    table = Table(_("时间与地点"), heads, rows, Blank(_("没有记载")))
    return Claims(table, difference_words(differences(*told)))


def _claim(piece: Evidence, claim: Claim) -> Row:
    note = ""
    exif = piece.file.content.facts.get("exif", {})
    if claim.who == "camera" and exif.get("taken_at_zone") == "assumed":
        note = _("（相机未记时区，按北京时间）")
    return Row(
        [
            Cell(f"{CLAIMANTS[claim.who]}{note}", is_header=True),
            Cell(shown(claim.at, Kind.MOMENT), Kind.MOMENT),
            Cell(_degrees(claim.lon)),
            Cell(_degrees(claim.lat)),
        ]
    )


def _degrees(value: float | None) -> str:
    return "—" if value is None else f"{value:.6f}°"


def exif_terms(piece: Evidence) -> list[Term]:
    """Every tag of the camera, as it is written."""
    tags = piece.file.content.facts.get("exif", {}).get("tags", {})
    return [Term(name, value) for name, value in tags.items()]


def custody_events(entries: Sequence[CustodyEntry]) -> list[TimelineEvent]:
    """In order, the first first."""
    return [
        TimelineEvent(
            at=entry.at,
            title=entry.get_act_display(),
            who=entry.actor_name or str(_("平台")),
            words="；".join(_custody_words(entry)),
            kind=_KINDS.get(entry.act, StatusKind.DONE),
        )
        for entry in entries
    ]


_KINDS = {
    CustodyEntry.Act.SEAL: StatusKind.PAUSED,
    CustodyEntry.Act.WITHDRAW: StatusKind.VOID,
    CustodyEntry.Act.RETURN: StatusKind.VOID,
}


def _custody_words(entry: CustodyEntry) -> Iterable[str]:
    if entry.holder:
        yield _("保管人 %(holder)s") % {"holder": entry.holder}
    if entry.place:
        yield _("存放于 %(place)s") % {"place": entry.place}
    if entry.words:
        yield entry.words


def looks(entries: Iterable[AuditEntry]) -> list[Any]:
    """Who looked, newest first."""
    return [
        TimelineEvent(at=each.at, title=action_words(each.action), who=each.actor_name)
        for each in entries
    ]
