"""``zhihuan hj212``: frames as JSON, JSON as frames, frames told to people."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, TextIO

import click

from zhihuan.hj212 import (
    FIELD,
    STRICT,
    CpItem,
    CrcDialect,
    DecodeError,
    Decoder,
    DeviceProfile,
    EncodeError,
    Group,
    Message,
    encode,
)
from zhihuan.hj212.explain import explain

CHUNK_BYTES = 1 << 16


@click.group()
def command() -> None:
    """Read and write frames of the HJ 212 protocol."""


# --- decode -----------------------------------------------------------------------------------------


@command.command("decode")
@click.argument("file", type=click.File("rb"), default="-")
@click.option("--strict", is_flag=True, help="Accept only what the standard prints.")
@click.option(
    "--crc",
    type=click.Choice([dialect.value for dialect in CrcDialect]),
    default=CrcDialect.HJ212.value,
    show_default=True,
    help="How the device computes its CRC.",
)
@click.option(
    "--key", "keys", multiple=True, help="SM4 key, 32 hex digits or 16 characters; repeatable."
)
def decode_command(file: BinaryIO, strict: bool, crc: str, keys: tuple[str, ...]) -> None:
    """Print one JSON object a frame, in the order of the bytes of FILE (default: standard input).

    What is not a frame is printed too, with "ok": false, the reason in "error", its plain detail
    and its bytes ("raw" as text where it is text, always "raw_hex"). Exits with 1 if there was not
    a single good frame.
    """
    base = STRICT if strict else FIELD
    profile = DeviceProfile(
        crc=CrcDialect(crc),
        lenient=base.lenient,
        max_segment=base.max_segment,
        keys=tuple(_key(text) for text in keys),
    )
    good = 0
    for event in _events(file, Decoder(profile)):
        good += isinstance(event, Message)
        _print_json(event.to_json())
    if not good:
        click.echo("no good frame", err=True)
        sys.exit(1)


def _events(file: BinaryIO, decoder: Decoder) -> Iterator[Message | DecodeError]:
    read = getattr(file, "read1", file.read)  # a pipe's frames are printed as they come
    while chunk := read(CHUNK_BYTES):
        yield from decoder.feed(chunk)
    yield from decoder.close()


def _key(text: str) -> bytes:
    try:
        key = bytes.fromhex(text) if len(text) == 32 else text.encode()
    except ValueError:
        key = b""
    if len(key) != 16:
        raise click.BadParameter(
            f"{text!r} is neither 32 hex digits nor 16 characters", param_hint="--key"
        )
    return key


def _print_json(value: dict[str, Any]) -> None:
    # bytes that are no UTF-8 are lone surrogates in the text; JSON writes those as \udcXX
    line = json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace")
    click.echo(line)


# --- explain ----------------------------------------------------------------------------------------


@command.command("explain")
@click.argument("file", type=click.File("rb"), default="-")
@click.option(
    "--from",
    "sender",
    type=click.Choice(["host", "device"]),
    default=None,
    help="Who sent it; by default the CP tells (data has a DataTime, a request has none).",
)
@click.option(
    "--surface-water", is_flag=True, help="Read by the national surface-water profile (ST=21)."
)
@click.option(
    "--key", "keys", multiple=True, help="SM4 key, 32 hex digits or 16 characters; repeatable."
)
def explain_command(
    file: BinaryIO, sender: str | None, surface_water: bool, keys: tuple[str, ...]
) -> None:
    """Tell each frame of FILE (default: standard input) to people, in Chinese.

    Every field by name with its meaning and the clause it comes from; what is no frame with the
    reason. Facts not read in the standard itself are marked 转引 (second hand) or 未证实 (unconfirmed).
    Exits with 1 if there was not a single good frame.
    """
    profile = DeviceProfile(surface_water=surface_water, keys=tuple(_key(text) for text in keys))
    good = 0
    for event in _events(file, Decoder(profile)):
        good += isinstance(event, Message)
        click.echo(explain(event, sender=sender or "").text() + "\n")
    if not good:
        click.echo("no good frame", err=True)
        sys.exit(1)


# --- encode -----------------------------------------------------------------------------------------


@command.command("encode")
@click.argument("file", type=click.File("r", encoding="utf-8"), default="-")
def encode_command(file: TextIO) -> None:
    """Write one frame for each JSON object of FILE (default: standard input), strictly.

    The objects are those "decode" prints: qn, st, cn, mn, pw, flag, pnum, pno, rf, and cp as text or
    as an object ({"DataTime": "…", "a21026": {"Rtd": "12.3", "Flag": "N"}}). Only st and cn are
    required. Lines with "ok": false are skipped. What the standard does not allow is refused with
    the line's number on standard error, and the exit code is 1.
    """
    refused = 0
    for number, line in enumerate(file, 1):
        try:
            value = json.loads(line) if line.strip() else {"ok": False}
            if value.get("ok", True):
                click.echo(_frame(value), nl=False)
        except (EncodeError, KeyError, TypeError, ValueError, AttributeError) as error:
            refused += 1
            name = f"no {error}" if isinstance(error, KeyError) else error
            click.echo(f"line {number}: {name}", err=True)
    if refused:
        sys.exit(1)


def _frame(value: dict[str, Any]) -> bytes:
    flag = value.get("flag")
    old = flag is None or flag < 4  # 2005 leaves out what it does not have
    cp = value.get("cp", "")
    return encode(
        qn=(value.get("qn") or None) if old else value.get("qn", ""),
        st=value["st"],
        cn=value["cn"],
        pw=(value.get("pw") or None) if old else value.get("pw", ""),
        mn=(value.get("mn") or None) if old else value.get("mn", ""),
        flag=flag,
        pnum=value.get("pnum"),
        pno=value.get("pno"),
        rf=value.get("rf", False),
        cp=cp if isinstance(cp, str) else list(_items(cp)),
    )


def _items(cp: dict[str, Any]) -> Iterable[CpItem]:
    for key, value in cp.items():
        for one in value if isinstance(value, list) else [value]:
            yield Group(key, one) if isinstance(one, dict) else (key, str(one))
