"""The decoder: chunks of bytes in, messages and typed errors out. No sockets, no clock.

    decoder = Decoder()
    for event in decoder.feed(chunk):
        if isinstance(event, Message): ...
        else: ...                      # DecodeError: reason, offset, raw bytes, what to answer

Whatever the bytes, it does not raise, holds no more than ``max_buffer`` bytes between two calls,
loses nothing, and finds the next good frame (see ``framing``). A frame is accepted when its length
field, its CRC under the profile's dialect, its closing ``&&`` and its grammar agree: all of them,
for the CRC alone passes one damaged frame in 256.

Refuses to have a clock: whoever owns the connection says when a half frame has waited too long
(``expire``) or that the stream has ended (``close``).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from typing import NamedTuple

from zhihuan.hj212.cp import read_cp
from zhihuan.hj212.crc import CrcDialect, crc_matches, crc_text
from zhihuan.hj212.diagnosis import explain
from zhihuan.hj212.errors import DecodeError, Reason, Refusal
from zhihuan.hj212.framing import Framer, Verdict
from zhihuan.hj212.head import HeadReader
from zhihuan.hj212.message import Message
from zhihuan.hj212.oddity import Oddity
from zhihuan.hj212.profile import FIELD, DeviceProfile, Version
from zhihuan.hj212.security import (
    decrypt_segment,
    looks_encrypted,
    measure_printed,
    must_encrypt,
    unprint,
)
from zhihuan.hj212.segment import STANDARD_SEGMENT, ends_at, odd_mark

__all__ = ["Decoder", "decode_frame", "read_again"]

ENCRYPTED_SEGMENT = 6144
"""Longest segment tried with keys, in bytes: the standard's longest, printed as text."""


class _Whole(NamedTuple):
    """A candidate that ends with ``&&`` and four hex digits where it should."""

    at: int
    declared: int
    segment: bytes
    raw: bytes
    crc_ok: bool

    @property
    def sent(self) -> bytes:
        return self.raw[-4:]


@lru_cache(maxsize=16)
def _head_reader(version: Version | None, surface_water: bool) -> HeadReader:
    """All decoders share what they learn: a city's devices send the same heads for ever."""
    return HeadReader(version, surface_water)


class Decoder:
    """Decodes one stream.

    profile: how the device speaks. May be set at any time, usually when a login frame has said who
        it is; it holds from the next frame on. In a chunk with several frames that is the next one
        only with ``iterate``: ``feed`` has decoded all of them before it returns.
    max_buffer: most bytes held between two calls; frames beyond half of it are refused.
    """

    def __init__(self, profile: DeviceProfile = FIELD, *, max_buffer: int = 65536) -> None:
        self._framer = Framer(self._judge, self._explain, max_buffer=max_buffer)
        self.profile = profile

    @property
    def profile(self) -> DeviceProfile:
        """How the device speaks."""
        return self._profile

    @profile.setter
    def profile(self, profile: DeviceProfile) -> None:
        self._profile = profile
        self._expects_cipher = profile.encrypted
        self._read_head = _head_reader(profile.version, profile.surface_water).read
        plain_crc = profile.crc is CrcDialect.HJ212
        self._plain_case = plain_crc and profile.lenient and not profile.lenient_length
        self._framer.lenient_length = profile.lenient_length
        self._framer.max_segment = profile.max_segment
        self._framer.after_segment = 4 if profile.lenient else 6

    # --- bytes in, events out ---------------------------------------------------------------------

    def feed(self, chunk: bytes) -> list[Message | DecodeError]:
        """Take bytes as they came; all events they complete, in stream order."""
        return list(self._framer.push(chunk))

    def iterate(self, chunk: bytes) -> Iterator[Message | DecodeError]:
        """As ``feed``, one by one: ``profile`` may be changed in between."""
        return self._framer.push(chunk)

    def expire(self, received_before: int | None = None) -> list[Message | DecodeError]:
        """The deadline of a half frame is reached: give it up, look again behind its ``##``.

        received_before: a former value of ``received``; only what began earlier is given up. None
        gives up everything held, which is right when nothing at all came for the whole deadline.
        """
        before = self.received if received_before is None else received_before
        return list(self._framer.give_up(before, Reason.HALF_FRAME_TIMEOUT))

    def close(self) -> list[Message | DecodeError]:
        """The stream has ended: everything that is left, as events."""
        return list(self._framer.give_up(self.received, Reason.TRUNCATED))

    @property
    def buffered(self) -> int:
        """Bytes held because their frame is not complete; above 0 a deadline should run."""
        return self._framer.buffered

    @property
    def incomplete(self) -> bool:
        """Whether a frame has begun and waits for more bytes. With ``buffered`` above 0 and this
        false, only refused bytes are held, in case more of the same run comes: nothing is lost by
        giving them up at once (``expire``)."""
        return self._framer.incomplete

    @property
    def received(self) -> int:
        """Bytes fed in all."""
        return self._framer.received

    @property
    def offset(self) -> int:
        """Stream position of the first byte still held."""
        return self.received - self.buffered

    # --- judging a candidate ----------------------------------------------------------------------

    def _judge(self, data: bytes, at: int, start: int, length: int) -> Verdict:
        end = start + length
        segment, sent = data[start:end], data[end : end + 4]
        crc_wrong = False
        if self._plain_case and segment[-2:] == b"&&":  # cheap, and most garbage fails here
            crc_wrong = crc_text(segment) != sent
            if not crc_wrong:
                try:
                    return self._read(segment, data[at : end + 4], at)
                except Refusal:
                    pass  # rare: looked at again with all other cases
        return self._look_closer(data, at, start, length, crc_wrong and sent == sent.upper())

    def _read(
        self,
        segment: bytes,
        raw: bytes,
        at: int,
        notes: tuple[Oddity, ...] = (),
        encrypted: bool = False,
    ) -> Message:
        """A message from a segment whose length and CRC are right. Raises Refusal."""
        try:
            text = segment.decode()
        except UnicodeDecodeError:
            text = segment.decode("utf-8", "surrogateescape")
            notes = (*notes, Oddity.INVALID_UTF8)
        head_text, mark, cp = text.partition("CP=&&")
        if not mark:
            head_text, cp = odd_mark(text)
            notes = (*notes, Oddity.CP_MARK)
        if cp[-2:] != "&&":
            raise Refusal(Reason.NO_CP, "the CP is not closed by && before the CRC (table 2)")
        qn, head = self._read_head(head_text)
        shape, values = read_cp(cp[:-2])
        if shape.data_time >= 0 and len(values[shape.data_time]) != 14:
            notes = (*notes, Oddity.DATA_TIME_FORM)
        if len(segment) > STANDARD_SEGMENT:
            notes = (*notes, Oddity.LONG_SEGMENT)
        if self._expects_cipher and not encrypted and must_encrypt(head.cn):
            notes = (*notes, Oddity.NOT_ENCRYPTED)
        return Message(head, qn, shape, values, raw, self._framer.offset + at, notes, encrypted)

    def _look_closer(
        self, data: bytes, at: int, start: int, length: int, crc_wrong: bool
    ) -> Verdict:
        """Everything but the plain case: other dialects, encryption, strictness, refusals.

        crc_wrong: the CRC is known not to fit; False: it has not been looked at.
        """
        end = start + length
        if not ends_at(data, start, end):
            printed = measure_printed(data[start:end], length)
            if printed is None:
                return _mismatch(length)
            end = start + printed
            if end + self._framer.after_segment > len(data):
                return end + self._framer.after_segment - at
            if not ends_at(data, start, end):
                return _mismatch(length)
        segment, sent = data[start:end], data[end : end + 4]
        crc_ok = not crc_wrong and crc_matches(segment, sent, self._profile.crc)
        try:
            message = self._accept(_Whole(at, length, segment, data[at : end + 4], crc_ok))
            self._insist(message, data[end + 4 : end + 6])
        except Refusal as refusal:
            refusal.length_ok, refusal.crc_ok, refusal.size = True, crc_ok, end + 4 - at
            return refusal
        return message

    def _accept(self, found: _Whole) -> Message:
        """A frame that ends where it should. Raises Refusal."""
        notes: tuple[Oddity, ...] = ()
        if len(found.raw) - len(found.segment) != len("##0000FFFF"):
            notes = (Oddity.LENGTH_FORM,)
        refusal = Refusal(Reason.BAD_CRC, "the CRC does not fit the segment", 9)
        if found.crc_ok:
            if found.sent != found.sent.upper():
                notes = (*notes, Oddity.LOWER_CASE_CRC)
            try:
                return self._read(found.segment, found.raw, found.at, notes)
            except Refusal as unreadable:
                refusal = unreadable
        if len(found.segment) <= ENCRYPTED_SEGMENT and looks_encrypted(found.segment):
            for plain, more in self._opened(found):
                with suppress(Refusal):
                    return self._read(plain, found.raw, found.at, (*notes, *more), encrypted=True)
            refusal = Refusal(Reason.UNDECRYPTABLE, self._describe_keys())
        raise refusal

    def _opened(self, found: _Whole) -> Iterator[tuple[bytes, tuple[Oddity, ...]]]:
        """The segment as each key that fits opens it, newest key first."""
        unprinted = unprint(found.segment)
        notes = () if unprinted is None else (Oddity.CIPHER_AS_TEXT,)
        sealed = found.segment if unprinted is None else unprinted
        if found.declared not in (len(sealed), len(found.segment)):
            return
        for key in self._profile.keys:
            plain = decrypt_segment(sealed, key)
            if crc_matches(plain, found.sent, self._profile.crc):
                yield plain, notes
            elif found.crc_ok:
                yield plain, (*notes, Oddity.CRC_OVER_CIPHER)

    def _insist(self, message: Message, tail: bytes) -> None:
        """Refuse what a strict profile does not take."""
        if self._profile.lenient:
            return
        notes = [*message.notes, *([] if tail == b"\r\n" else [Oddity.TAIL])]
        if notes:
            detail = "not as the standard prints it: " + ", ".join(notes)
            raise Refusal(Reason.NOT_STRICT, detail)

    def _explain(self, refusal: Refusal, raw: bytes, offset: int) -> DecodeError:
        return explain(refusal, raw, offset, self._profile.crc)

    def _describe_keys(self) -> str:
        if not self._profile.keys:
            return "the CP is encrypted (SM4) and this device has no key: register one"
        return f"none of the device's {len(self._profile.keys)} SM4 keys opens the CP"


def _mismatch(declared: int) -> Refusal:
    detail = (
        f"the length field says {declared}, but there is no && and CRC behind so many bytes: "
        "the length is wrong, or bytes were lost or added on the way"
    )
    return Refusal(Reason.LENGTH_MISMATCH, detail, length_ok=False)


def read_again(kept: bytes, profile: DeviceProfile = FIELD) -> list[Message | DecodeError]:
    """Everything in bytes that were kept, say in the quarantine, under another profile.

    What is kept of a frame ends with its CRC (``Message.raw``), so the line end a strict profile
    insists on is put behind it again. Never raises.
    """
    if not profile.lenient:
        kept = kept.rstrip(b"\r\n") + b"\r\n"
    decoder = Decoder(profile)
    return [*decoder.feed(kept), *decoder.close()]


def decode_frame(frame: bytes, profile: DeviceProfile = FIELD) -> Message | DecodeError:
    """One frame as it came over the wire, line end included, by itself.

    The message or the first error; bytes after the frame do not count. Never raises.
    """
    decoder = Decoder(profile)
    events = [*decoder.feed(frame), *decoder.close()]
    messages = [event for event in events if isinstance(event, Message)]
    nothing = DecodeError(Reason.EMPTY, 0, frame, "no bytes but blanks")
    return (messages or events or [nothing])[0]
