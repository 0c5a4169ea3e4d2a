"""The legend names every kind of mark once, from the best to the worst, what could not be judged last."""

from __future__ import annotations

from types import SimpleNamespace

from zhihuan.bureau.disclosure.station import Judgement
from zhihuan.web.open.map import legend


def now(tone: str, word: str, rgb=None):
    return SimpleNamespace(judgement=Judgement(word, tone, rgb=rgb))


def test_each_kind_once_in_order():
    found = [
        now("none", "无有效数据"),
        now("good", "良", (255, 255, 0)),
        now("none", "缺项，不发布指数"),
        now("good", "优", (0, 228, 0)),
        now("good", "优", (0, 228, 0)),
    ]
    signs = [(each.word, each.fill) for each in legend(found)]
    assert signs == [("优", "#00e400"), ("良", "#ffff00"), ("不作评价", "")]
