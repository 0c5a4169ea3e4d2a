"""Append to the chain of custody of a piece of evidence. What cannot follow is refused in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from zhihuan.bureau.audit.block import NOTHING
from zhihuan.bureau.audit.record import record
from zhihuan.bureau.matters.engine.acting import Acting
from zhihuan.bureau.vault.evidence.chain import digest_of_entry
from zhihuan.bureau.vault.evidence.said import digest_of_said, said_of
from zhihuan.bureau.vault.models import CustodyEntry, Evidence

__all__ = ["CustodyRefusedError", "Keeping", "acts_open", "enter"]

_Act = CustodyEntry.Act
_LAST = frozenset({_Act.RETURN, _Act.WITHDRAW})


class CustodyRefusedError(Exception):
    """This cannot follow what was entered before; the words say why."""


def acts_open(before: Sequence[str]) -> list[str]:
    """What may be entered after these acts. Pure. Whoever seals a thing may hand it over sealed; who
    returned or withdrew it has nothing left to do with it."""
    if not before:
        return [_Act.RECEIVE]
    if before[-1] in _LAST:
        return []
    sealed = [act for act in before if act in {_Act.SEAL, _Act.UNSEAL}][-1:] == [_Act.SEAL]
    if sealed:
        return [_Act.HAND_OVER, _Act.UNSEAL, _Act.WITHDRAW]
    return [_Act.HAND_OVER, _Act.SEAL, _Act.RETURN, _Act.WITHDRAW]


@dataclass(frozen=True, slots=True)
class Keeping:
    """holder: who has it from now on, "" for whoever had it; place: where, "" for where it was. words:
    why, or what there is to say."""

    holder: str = ""
    place: str = ""
    words: str = ""


@transaction.atomic
def enter(
    evidence: Evidence, act: str, acting: Acting, keeping: Keeping = Keeping()
) -> CustodyEntry:
    """Append an entry; a withdrawal marks the evidence too. Raises CustodyRefusedError."""
    entries = list(evidence.custody.order_by("number"))
    _check(act, [each.act for each in entries], keeping)
    last = entries[-1] if entries else None
    entry = CustodyEntry(
        evidence=evidence,
        number=len(entries) + 1,
        at=acting.moment(),
        act=act,
        actor=acting.actor,
        actor_name=str(acting.actor) if acting.actor else "",
        holder=keeping.holder or (last.holder if last else ""),
        place=keeping.place or (last.place if last else ""),
        words=keeping.words,
    )
    sha256 = evidence.file.content.sha256
    entry.digest = digest_of_entry(bytes(last.digest) if last else NOTHING, sha256, entry)
    _save(entry)
    if act == _Act.WITHDRAW:
        evidence.withdrawn_at = entry.at
        evidence.save(update_fields=["withdrawn_at"])
    record(
        f"evidence.{act}", f"evidence:{evidence.pk}", actor=acting.actor, address=acting.address,
        number=entry.number, digest=entry.digest.hex(), why=keeping.words,
        said=digest_of_said(said_of(evidence)).hex(),
    )  # fmt: skip
    return entry


def _check(act: str, before: Sequence[str], keeping: Keeping) -> None:
    if act not in acts_open(before):
        last = CustodyEntry.Act(before[-1]).label if before else _("尚未收取")
        raise CustodyRefusedError(
            _("这件证据现为“%(last)s”，不能办理“%(act)s”。")
            % {"last": last, "act": CustodyEntry.Act(act).label}
        )
    if act in {_Act.WITHDRAW, _Act.UNSEAL} and not keeping.words.strip():
        raise CustodyRefusedError(_("请填写事由。"))
    if act in {_Act.HAND_OVER, _Act.RETURN} and not keeping.holder.strip():
        raise CustodyRefusedError(_("请填写接收人。"))


def _save(entry: CustodyEntry) -> None:
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
    except IntegrityError as error:
        raise CustodyRefusedError(
            _("他人刚刚登记了这件证据的保管情况，请查看后再办理。")
        ) from error
