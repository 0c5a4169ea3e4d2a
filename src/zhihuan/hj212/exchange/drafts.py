"""Frames to be sent, before they are bytes, and how each edition writes their heads.

Requests: ``Flag`` wants an answer; 2005 sets 3 in every example. Uploads: 2017 on carry QN and Flag;
2005 only when an answer is wanted (annex C.6). Confidential frames of 2025 are marked, not
encrypted: keys belong to the device registry.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache

from zhihuan.hj212.codes.catalogue import CommandCode, commands
from zhihuan.hj212.codes.edition import Edition
from zhihuan.hj212.commands.bodies import Body
from zhihuan.hj212.commands.judging import CommandError
from zhihuan.hj212.crc import CrcDialect
from zhihuan.hj212.encoder import encode, frame
from zhihuan.hj212.errors import EncodeError
from zhihuan.hj212.message import BEIJING
from zhihuan.hj212.security import must_encrypt

__all__ = [
    "NOW",
    "NOW_MS",
    "Address",
    "Draft",
    "QnSource",
    "at_sending",
    "command_draft",
    "draft",
    "qn_at",
    "row_of",
]

NOW, NOW_MS = "{now}", "{now_ms}"
"""Places in a kept CP that take the time of sending: setting a clock to the time of ordering is wrong."""


@dataclass(frozen=True, slots=True)
class Address:
    """Which device, and how it speaks: what every head repeats."""

    mn: str
    st: str
    edition: Edition
    pw: str = "123456"

    def __repr__(self) -> str:
        """Passwords stay out of logs."""
        return f"Address(mn={self.mn!r}, st={self.st!r}, edition={self.edition.value})"


@dataclass(frozen=True, slots=True)
class Draft:
    """A frame to be sent. None leaves a head field out (2005 only).

    echo: head values were taken from a peer's frame and go back as they came, in whatever form.
    from_host: the host sends it; its requests for data hold no data.
    """

    qn: str | None
    st: str
    cn: str
    pw: str | None
    mn: str | None
    flag: int | None
    cp: str
    pnum: int | None = None
    pno: int | None = None
    rf: bool = False
    echo: bool = False
    from_host: bool = False

    @property
    def confidential(self) -> bool:
        """Whether HJ 212-2025 wants this frame encrypted: a device's 2000 to 2999, and 1014 and 3020
        of either side; all others need not be (6.4.4, second hand)."""
        asks_for_data = self.from_host and self.cn.startswith("2")
        return must_encrypt(self.cn) and not asks_for_data

    @property
    def wants_answer(self) -> bool:
        """Flag bit 0."""
        return bool((self.flag or 0) & 1)

    def encode(self, *, crc: CrcDialect = CrcDialect.HJ212, key: bytes | None = None) -> bytes:
        """The frame. EncodeError if the standard forbids it, but never for an echo."""
        try:
            return encode(
                qn=self.qn,
                st=self.st,
                cn=self.cn,
                mn=self.mn,
                pw=self.pw,
                flag=self.flag,
                pnum=self.pnum,
                pno=self.pno,
                rf=self.rf,
                cp=self.cp,
                crc=crc,
                key=key,
            )
        except EncodeError:
            if not self.echo:
                raise
            return frame(self._as_it_came(), crc)

    def _as_it_came(self) -> bytes:
        """The segment of an answer to an odd head: a QN of 13 digits is answered with that QN."""
        head = {"QN": self.qn, "ST": self.st, "CN": self.cn, "PW": self.pw, "MN": self.mn}
        parts = [f"{name}={value}" for name, value in head.items() if value is not None]
        parts += [] if self.flag is None else [f"Flag={self.flag}"]
        return f"{';'.join(parts)};CP=&&{self.cp}&&".encode("utf-8", "surrogateescape")


def draft(  # noqa: PLR0913 - a command and the five facts its head needs
    body: Body, to: Address, *, sender: str, qn: str, answer: bool = True, rf: bool = False
) -> Draft:
    """A command as a frame: its CN by edition and sender, its head in the edition's form.

    sender: "host" or "device". answer: want 9014 for an upload (requests and notices always are
    answered). rf: back-filled (2025). CommandError if the edition does not define the command or a
    value is out of range.
    """
    row = row_of(body, to.edition, sender, to.st)
    made = command_draft(row, body.to_cp(to.edition), to, qn=qn, answer=answer)
    return replace(made, rf=rf and to.edition is Edition.HJ2025)


def command_draft(  # noqa: PLR0913 - as draft
    row: CommandCode,
    cp: str,
    to: Address,
    *,
    qn: str,
    answer: bool = True,
    at: datetime | None = None,
) -> Draft:
    """A command whose CP is ready as text, as the outbox keeps it.

    at: the time of sending (aware), put where the text says ``{now}`` (14 digits) or ``{now_ms}`` (17).
    """
    cp = cp if at is None else at_sending(cp, at)
    upload = row.kind in {"upload", "reply"}
    bare = upload and to.edition is Edition.HJ2005 and not answer
    return Draft(
        qn=None if bare else qn,
        st=to.st,
        cn=row.cn,
        pw=to.pw,
        mn=to.mn,
        flag=_flag(row, to.edition, answer=answer or not upload),
        cp=cp,
        from_host=row.sender == "host",
    )


def at_sending(cp: str, at: datetime) -> str:
    """A kept CP with the time of sending (aware) where it says ``{now}`` or ``{now_ms}``."""
    stamp = qn_at(at)
    return cp.replace(NOW, stamp[:14]).replace(NOW_MS, stamp)


def row_of(body: Body, edition: Edition, sender: str, st: str = "") -> CommandCode:
    """The command-table row of a body. CommandError if the edition does not let ``sender`` send it."""
    found = _rows().get((type(body).__name__, edition), ())
    fitting = [
        r for r in found if r.sent_by(sender) and (not r.system_types or st in r.system_types)
    ]
    if not fitting:
        raise CommandError(type(body).__name__, f"{edition.standard} has no such {sender} command")
    return fitting[0]


def qn_at(at: datetime) -> str:
    """The QN of an instant: ``YYYYMMDDhhmmssZZZ`` in Beijing time. ValueError without a time zone."""
    if at.tzinfo is None:
        raise ValueError(f"the time {at!r} has no time zone; give it one, e.g. UTC+8")
    local = at.astimezone(BEIJING)
    return f"{local:%Y%m%d%H%M%S}{local.microsecond // 1000:03d}"


class QnSource:
    """QNs that never repeat, however fast they are asked for: at least one millisecond apart.

    One per sender; not shared between threads.
    """

    def __init__(self) -> None:
        self._last: datetime | None = None

    def next(self, at: datetime) -> str:
        """A QN at or shortly after ``at`` (aware)."""
        at = at.replace(microsecond=at.microsecond // 1000 * 1000)
        if self._last is not None and at <= self._last:
            at = self._last + timedelta(milliseconds=1)
        self._last = at
        return qn_at(at)


def _flag(row: CommandCode, edition: Edition, *, answer: bool) -> int | None:
    if edition is not Edition.HJ2005:
        return edition.version << 2 | answer
    if row.kind == "request":
        return 3  # annex C: "split and answer as you like", though the request itself is whole
    if row.kind == "notice":
        return None if row.sender == "host" else 0  # C.4, C.5 without, C.10 with Flag=0
    return 1 if answer else None


@cache
def _rows() -> Mapping[tuple[str, Edition], tuple[CommandCode, ...]]:
    found: dict[tuple[str, Edition], list[CommandCode]] = {}
    for row in commands():
        for edition in row.editions:
            found.setdefault((row.body, edition), []).append(row)
    return {name: tuple(rows) for name, rows in found.items()}
