"""An order from the page goes over TCP to a device, and its exchange shows itself step by step."""

from __future__ import annotations

import socket
import threading
import time
from types import ModuleType
from typing import Any

import pytest

from zhihuan.hj212 import Decoder, Message, encode

pytestmark = pytest.mark.browser

Visit = Any  # the class of conftest.py


class Device:
    """A data logger that is connected and answers the question for its time (CN 1011)."""

    def __init__(self, platform: Any, city: ModuleType, outlet: Any) -> None:
        self._city, self._outlet = city, outlet
        self._socket = socket.create_connection((platform.gateway_host, platform.gateway_port), 10)
        values = {each.code: each.usual for each in outlet.factors}
        self._socket.sendall(city.realtime_frame(outlet, values, int(time.time())))
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._socket.close()
        self._thread.join(5)

    def _listen(self) -> None:
        decoder = Decoder()
        try:
            while chunk := self._socket.recv(4096):
                for event in decoder.feed(chunk):
                    if isinstance(event, Message) and event.cn == "1011":
                        self._answer(event.qn)
        except OSError:
            return  # closed by the test

    def _answer(self, qn: str) -> None:
        clock = self._city.beijing(int(time.time()))
        for cn, cp in (("9011", "QnRtn=1"), ("1011", f"SystemTime={clock}"), ("9012", "ExeRtn=1")):
            st = "91" if cn.startswith("9") else self._city.KINDS[self._outlet.kind][0]
            head = {"qn": qn, "st": st, "cn": cn, "pw": self._city.DEVICE_PASSWORD}
            self._socket.sendall(encode(**head, mn=self._outlet.mn, flag=4, cp=cp))


def test_an_order_is_followed_to_its_end_without_a_reload(
    visit: Visit, platform: Any, city: ModuleType
) -> None:
    outlet = city.outlets_of_the_city(7)[6]
    device = Device(platform, city, outlet)
    page = visit(f"/live/points/{outlet.code}/commands/")
    page.get_by_role("link", name="提取现场机时间").click()
    page.get_by_label("下达理由").fill("核对时钟")
    page.get_by_role("button", name="下达命令").click()
    page.wait_for_url("**/commands/*/")

    page.wait_for_selector("#exchange .command-status[data-status='done']")
    device.close()

    steps = page.locator(".exchange-step").all_inner_texts()
    told = "\n".join(steps)
    for part in ("CN=1011", "CN=9011", "QnRtn=1", "SystemTime=", "CN=9012", "ExeRtn=1"):
        assert part in told
    assert city.DEVICE_PASSWORD not in page.content(), "the device's password is never shown"
    assert page.get_by_role("button", name="撤销命令").is_hidden()
    assert page.locator("#exchange").get_attribute("hx-trigger") is None, "polling has ended"
