"""A person's browser, as far as a trial needs one: TLS that is checked, cookies, one form."""

from __future__ import annotations

import http.client
import re
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

_INPUT = re.compile(r"<input[^>]*>")
_TYPED = frozenset({"text", "email"})


@dataclass(frozen=True, slots=True)
class Answer:
    """headers: names in lower case."""

    status: int
    headers: dict[str, str]
    text: str


@dataclass
class Browser:
    """name: what is typed, checked against the certificate. source: the address it comes from."""

    name: str
    port: int
    trusted: Path
    source: str = "127.0.0.1"
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask("GET", path, "", headers)

    def post(self, path: str, form: dict[str, str], **headers: str) -> Answer:
        origin = f"https://{self.name}:{self.port}"
        told = {"Content-Type": "application/x-www-form-urlencoded", "Origin": origin}
        return self._ask(
            "POST", path, urlencode(form), {**told, "Referer": f"{origin}{path}", **headers}
        )

    def sign_in(self, username: str, password: str, **headers: str) -> Answer:
        """Fill in the sign-in form, whatever its fields are called; the page itself when it is refused."""
        page = self.get("/accounts/login/")
        if page.status != http.client.OK:
            return page
        inputs = [
            dict(re.findall(r'(\w+)="([^"]*)"', found)) for found in _INPUT.findall(page.text)
        ]
        form = {
            each["name"]: each.get("value", "")
            for each in inputs
            if each.get("type") == "hidden" and "name" in each
        }
        kinds = [each.get("type", "text") for each in inputs]
        at = kinds.index("password")
        person = next(
            each for each, kind in zip(inputs[at::-1], kinds[at::-1], strict=True) if kind in _TYPED
        )
        form |= {person["name"]: username, inputs[at]["name"]: password}
        return self.post("/accounts/login/", form, **headers)

    def first_event(self, path: str, seconds: float) -> str:
        """The first lines of a stream of events, which must come within ``seconds``."""
        connection = self._connection(seconds)
        try:
            connection.request("GET", path, headers=self._headers({"Accept": "text/event-stream"}))
            return next(self._lines(connection.getresponse()), "")
        finally:
            connection.close()

    @staticmethod
    def _lines(answer: http.client.HTTPResponse) -> Iterator[str]:
        while line := answer.readline():
            if line.startswith((b"event:", b"id:", b"data:")):
                yield line.decode().strip()

    def _ask(self, method: str, path: str, body: str, headers: dict[str, str]) -> Answer:
        connection = self._connection(60)
        try:
            connection.request(method, path, body or None, self._headers(headers))
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
        finally:
            connection.close()
        for line in answer.msg.get_all("Set-Cookie") or []:
            name, _, rest = line.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        told = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, told, text)

    def _headers(self, more: dict[str, str]) -> dict[str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"Host": self.name, **({"Cookie": cookies} if cookies else {}), **more}

    def _connection(self, seconds: float) -> http.client.HTTPSConnection:
        context = ssl.create_default_context(cafile=str(self.trusted))
        return http.client.HTTPSConnection(
            self.name, self.port, timeout=seconds, context=context, source_address=(self.source, 0)
        )
