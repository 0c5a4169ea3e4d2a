"""Every piece of evidence there is, read against itself and against what the audit trail noted of it: which entry of
whose custody was altered, removed or changed places; whose title, place or time is not as it was said. Nothing is
changed.

One pass in the order of the pieces, a portion at a time, so that memory is bounded and several processes can
share the work. Times are read as the engine has them: one that is no time (``infinity``) is a finding. Of a piece
that was added before the trail noted what is said, that is judged from its next entry of custody on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max, Q

from zhihuan.bureau.audit.findings import Fault, Finding
from zhihuan.bureau.audit.gone import gone
from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.audit.moment import Moment, moment_of
from zhihuan.bureau.audit.noted_chain import Link, link_faults
from zhihuan.bureau.vault.evidence.chain import digest_of_entry
from zhihuan.bureau.vault.evidence.said import MOMENTS, SAID, digest_of_said
from zhihuan.bureau.vault.models import CustodyEntry, Evidence

__all__ = ["newest_evidence", "verify_custody", "verify_evidence_gone"]

_ADDED = "evidence.add"
_ACTS = (_ADDED, *(f"evidence.{act}" for act in CustodyEntry.Act))
_SUBJECT = "evidence:"
_PORTION = 2_000  # pieces a query
_CONTENT = "file__content__sha256"
#: The alias that each time of ``said`` is read under.
_READ = {name: f"{name.replace('__', '_')}_read" for name in MOMENTS}


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece as it is stored. sha256: of its file. said: what ``digest_of_said`` takes."""

    pk: int
    sha256: str
    counts: bool
    said: Mapping[str, Any]


@dataclass
class _Noted:
    """What the trail noted of a piece: the SHA-256 of its file when it was taken in, "" where it knows none;
    the digest of what was said of it, b"" likewise; the digest of each entry of its custody by number."""

    sha256: str = ""
    said: bytes = b""
    digests: dict[int, bytes] = field(default_factory=dict)


def newest_evidence() -> int:
    """The greatest key of a piece; 0 for none."""
    return Evidence.objects.aggregate(newest=Max("pk"))["newest"] or 0


def verify_custody(first: int, last: int) -> Iterator[Finding]:
    """The custody of the pieces with keys from ``first`` to ``last``, both included, and what is said of them."""
    while some := _pieces(first, last):
        keys = [piece.pk for piece in some]
        noted, custody = _noted(keys), _custody(keys)
        for piece in some:
            yield from _piece(piece, custody.get(piece.pk, []), noted.get(piece.pk, _Noted()))
        first = keys[-1] + 1


def verify_evidence_gone() -> Iterator[Finding]:
    """Pieces that the trail saw added and that are gone with their custody."""
    for piece in gone(Evidence, _ADDED, _SUBJECT):
        yield Finding(Fault.REMOVED, piece, f"evidence {piece} is gone with its custody")


def _piece(piece: _Piece, entries: Sequence[CustodyEntry], noted: _Noted) -> Iterator[Finding]:
    taken_in = noted.sha256 or piece.sha256
    found: list[tuple[Fault, str]] = []
    if piece.sha256 != taken_in:
        words = f"its file is {piece.sha256}, taken in was {taken_in}"
        found.append((Fault.ALTERED, words))
    elif noted.said and digest_of_said(piece.said) != noted.said:
        words = "what is said of it (title, place, time or the like) is not as it was taken in"
        found.append((Fault.ALTERED, words))
    links = [_link(taken_in, entry) for entry in entries]
    # custody begins as a piece is added: one without any has lost its first entry
    newest = entries[-1].number if entries else 1
    found += link_faults(links, noted.digests, "custody entry", newest)
    if entries and (entries[-1].act == CustodyEntry.Act.WITHDRAW) == piece.counts:
        found.append((Fault.ALTERED, "its newest entry and its row differ on whether it counts"))
    for fault, words in found:
        yield Finding(fault, piece.pk, f"evidence {piece.pk}: {words}")


def _link(sha256: str, entry: Any) -> Link:
    at = moment_of(entry.at_read)

    def reckoned(before: bytes, number: int) -> bytes:
        return digest_of_entry(before, sha256, entry, number, at)

    return Link(entry.number, bytes(entry.digest), reckoned)


def _pieces(first: int, last: int) -> list[_Piece]:
    rows = Evidence.objects.filter(pk__range=(first, last)).order_by("pk")
    read = rows.annotate(**{alias: Moment(name) for name, alias in _READ.items()})
    read = read.annotate(counts=Q(withdrawn_at__isnull=True))
    wanted = (_READ.get(name, name) for name in SAID)
    return [
        _as_piece(*row) for row in read.values_list("pk", _CONTENT, "counts", *wanted)[:_PORTION]
    ]


def _as_piece(pk: int, sha256: str, counts: bool, *said: Any) -> _Piece:
    told = dict(zip(SAID, said, strict=True))
    for name in MOMENTS:
        told[name] = None if told[name] is None else moment_of(told[name])
    return _Piece(pk, sha256, counts, told)


def _custody(pieces: Sequence[int]) -> Mapping[int, list[CustodyEntry]]:
    """The entries of each piece, in order; ``at_read`` of each in place of its time."""
    found: dict[int, list[CustodyEntry]] = {}
    rows = CustodyEntry.objects.filter(evidence__in=pieces).order_by("evidence_id", "number")
    for entry in rows.defer("at").annotate(at_read=Moment("at")):
        found.setdefault(entry.evidence_id, []).append(entry)
    return found


def _noted(pieces: Sequence[int]) -> Mapping[int, _Noted]:
    subjects = [f"{_SUBJECT}{piece}" for piece in pieces]
    entries = AuditEntry.objects.filter(subject__in=subjects, action__in=_ACTS).order_by("pk")
    found: dict[int, _Noted] = {}
    for action, subject, detail in entries.values_list("action", "subject", "detail"):
        noted = found.setdefault(int(subject.removeprefix(_SUBJECT)), _Noted())
        _note(noted, action, detail)
    return found


def _note(noted: _Noted, action: str, detail: Mapping[str, Any]) -> None:
    noted.said = noted.said or bytes.fromhex(detail.get("said", ""))  # as it was noted first
    if action == _ADDED:
        noted.sha256 = detail["sha256"]
    else:
        noted.digests[detail["number"]] = bytes.fromhex(detail["digest"])
