"""A body longer than its address may take never reaches the application, told its length or not."""

from __future__ import annotations

from typing import Any

import pytest

from zhihuan.web.bounded_body import BoundedBody

MIB = 2**20


class Application:
    """Reads whatever comes."""

    def __init__(self) -> None:
        self.read = 0
        self.ended = ""

    async def __call__(self, _scope: Any, receive: Any, send: Any) -> None:
        while True:
            message = await receive()
            self.ended = message["type"]
            self.read += len(message.get("body", b""))
            if not message.get("more_body"):
                return


async def ask(path: str, *sizes: int, length: int | None = None) -> tuple[Application, list[Any]]:
    """Send a body of portions of these sizes [MiB]; length: what its header says [MiB]."""
    application, answers = Application(), []
    portions = [
        {"type": "http.request", "body": bytes(size * MIB), "more_body": number < len(sizes)}
        for number, size in enumerate(sizes, start=1)
    ]

    async def receive() -> Any:
        return portions.pop(0)

    async def send(message: Any) -> None:
        answers.append(message)

    headers = [] if length is None else [(b"content-length", str(length * MIB).encode())]
    scope = {"type": "http", "path": path, "headers": headers}
    await BoundedBody(application)(scope, receive, send)
    return application, answers


@pytest.fixture(autouse=True)
def _small(settings: Any) -> None:
    for family in ("IMAGE", "DOCUMENT", "TABLE", "MEDIA"):
        setattr(settings, f"ZHIHUAN_VAULT_{family}_MB", 40)


async def test_what_says_that_it_is_too_long_is_refused_in_words_before_a_byte_is_read() -> None:
    application, answers = await ask("/registry/imports/", 1, length=17)
    assert (application.read, answers[0]["status"]) == (0, 413)
    assert "超过 16 MB" in answers[1]["body"].decode()


async def test_what_does_not_say_is_cut_off_when_it_is() -> None:
    application, _answers = await ask("/live/", 10, 10, 10)
    assert (application.read, application.ended) == (10 * MIB, "http.disconnect")


@pytest.mark.parametrize("path", ["/evidence/of/1/add/", "/matters/1/steps/submit/"])
async def test_where_files_are_asked_for_they_may_be_as_large_as_the_settings_say(
    path: str,
) -> None:
    application, answers = await ask(path, 20, 20, length=40)
    assert (application.read, answers) == (40 * MIB, [])
    application, answers = await ask(path, 42, length=42)
    assert (application.read, answers[0]["status"]) == (0, 413)


async def test_a_length_that_is_no_number_is_counted_as_it_comes() -> None:
    application, _answers = await ask("/live/", 1)
    assert application.read == MIB
