"""No bytes, however broken, end in anything but a refusal or a file."""

from __future__ import annotations

from contextlib import suppress

import vault_samples as samples
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihuan.bureau.vault.kinds.recognising import recognise
from zhihuan.bureau.vault.limits import Limits
from zhihuan.bureau.vault.refusals import RefusedFileError

SAMPLES = {
    "a.jpg": samples.photo((16, 16)), "a.png": samples.picture("PNG", (8, 8)),
    "a.webp": samples.picture("WEBP", (8, 8)), "a.pdf": samples.pdf(samples.object_stream(b"<<>>")),
    "a.docx": samples.docx(), "a.xlsx": samples.xlsx(), "a.mp4": samples.mp4(), "a.webm": samples.webm(),
    "a.ogg": samples.ogg(), "a.txt": "说明".encode(),
}  # fmt: skip


def judged(content: bytes, name: str) -> None:
    """Anything but a refusal would be raised."""
    with suppress(RefusedFileError):
        recognise(content, name, Limits(unfolded=2**20, pixels=10**6))


@settings(max_examples=150)
@given(name=st.sampled_from(sorted(SAMPLES)), data=st.data())
def test_a_sample_with_some_bytes_changed(name: str, data: st.DataObject) -> None:
    content = bytearray(SAMPLES[name])
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    judged(bytes(content), name)


@settings(max_examples=150)
@given(
    name=st.sampled_from(sorted(SAMPLES)), rest=st.binary(max_size=300), length=st.integers(0, 40)
)
def test_a_beginning_with_anything_behind_it(name: str, rest: bytes, length: int) -> None:
    judged(SAMPLES[name][:length] + rest, name)


@given(st.text(max_size=60))
def test_any_name(name: str) -> None:
    judged(SAMPLES["a.txt"], name)
