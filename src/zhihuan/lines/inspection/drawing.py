"""复算双随机抽取结果：只用 Python 标准库（3.7 以上），不需要任何平台。

    python3 drawing.py draw.json

逐项核对：秘密种子的 SHA-256 与事先公开的承诺一致；名录的摘要与事先公开的一致；按名录、种子和抽取时当众
产生的字串重新抽取，结果与公布的一致。不符之处逐条列出，退出码 1。

This module draws on the platform, and the same file alone re-computes a draw anywhere: one source, so that
what is verified is what was done. It is pure and reads no clock, no chance and no database.

How it is drawn. ``key = SHA-256(seed ‖ list digest ‖ public word)``. An object of weight *w* holds *w* tickets; a
ticket's score is ``SHA-256(key ‖ kind ‖ code ‖ number)``; an object's score is that of its lowest ticket, and the
lowest scores are drawn. The least of *w* uniform numbers is below *x* with probability 1 − (1 − x)^w, so this is
weighted sampling without replacement (Efraimidis and Spirakis 2006) in whole numbers alone, the same on any
machine. Officers of an object are those with the fewest objects so far, then the lowest score for that object.

Neither side can choose the outcome: the bureau fixes seed and list before it knows the public word, and whoever
says the word does not know the seed.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

FORMAT = "zhihuan-inspection-draw/1"
OFFICERS_EACH = 2
EVERYWHERE = "*"

__all__ = [
    "EVERYWHERE",
    "FORMAT",
    "OFFICERS_EACH",
    "DrawError",
    "able_for",
    "commitment_of",
    "differences",
    "digest_of_list",
    "draw",
]


class DrawError(ValueError):
    """This list cannot be drawn from; the words say why, in Chinese."""


def commitment_of(seed: str) -> str:
    """What is published beforehand: SHA-256 of the seed's characters, in hexadecimal."""
    return hashlib.sha256(seed.encode("utf-8")).hexdigest()


def digest_of_list(given: dict[str, Any]) -> str:
    """SHA-256 of the list in its one way of writing: keys sorted, no spaces, UTF-8."""
    text = json.dumps(given, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def able_for(thing: dict[str, Any], given: dict[str, Any]) -> list[str]:
    """The officers of the list who work in the object's town and are not barred from it (回避)."""
    barred = {officer for officer, code in given["barred"] if code == thing["code"]}
    return [
        each["code"]
        for each in given["officers"]
        if each["code"] not in barred
        and (EVERYWHERE in each["towns"] or thing["town"] in each["towns"])
    ]


def draw(given: dict[str, Any], seed: str, public_word: str) -> list[dict[str, Any]]:
    """Objects in the order drawn, each with its officers.

    given: ``how_many``, ``objects`` (code, name, town, weight ≥ 1), ``officers`` (code, name, towns),
    ``barred`` ([officer, object]). The result: ``[{"object": code, "officers": [code, code]}, …]``.
    DrawError where the list cannot serve; the same three always give the same.
    """
    _check(given)
    key = _key(given, seed, public_word)
    ordered = sorted(given["objects"], key=lambda each: (_lowest(key, each), each["code"]))
    load = {each["code"]: 0 for each in given["officers"]}
    drawn = []
    for thing in ordered[: given["how_many"]]:
        chosen = _officers_for(key, thing, given, load)
        for code in chosen:
            load[code] += 1
        drawn.append({"object": thing["code"], "officers": chosen})
    return drawn


def differences(published: dict[str, Any]) -> list[str]:
    """What does not agree in a published draw, in words; empty when all does."""
    found = []
    if published.get("format") != FORMAT:
        return ["文件不是抽取记录，或版本不识（应为 " + FORMAT + "）"]
    if commitment_of(published["seed"]) != published["commitment"]:
        found.append("种子与事先公开的承诺不符")
    if digest_of_list(published["list"]) != published["list_digest"]:
        found.append("名录与事先公开的摘要不符")
    try:
        again = draw(published["list"], published["seed"], published["public_word"])
    except DrawError as error:
        return [*found, str(error)]
    for number, (told, mine) in enumerate(zip(published["result"], again), start=1):  # noqa: B905 - 3.7 too
        if told != mine:
            found.append(
                f"第 {number} 个抽取结果不符：公布为 {_words(told)}，复算为 {_words(mine)}"
            )
    if len(published["result"]) != len(again):
        found.append(f"公布了 {len(published['result'])} 个结果，复算得 {len(again)} 个")
    return found


def _check(given: dict[str, Any]) -> None:
    for kind, words in (("objects", "检查对象"), ("officers", "执法人员")):
        codes = [each["code"] for each in given[kind]]
        if len(set(codes)) < len(codes):
            raise DrawError(f"名录中有重复的{words}")
    if not 1 <= given["how_many"] <= len(given["objects"]):
        raise DrawError(f"应抽 {given['how_many']} 个，名录中有 {len(given['objects'])} 个检查对象")
    for thing in given["objects"]:
        if not (isinstance(thing["weight"], int) and thing["weight"] >= 1):
            raise DrawError(f"{thing['name']}的权重不是正整数")
        if len(able_for(thing, given)) < OFFICERS_EACH:
            raise DrawError(f"{thing['name']}没有 {OFFICERS_EACH} 名可以检查它的执法人员")


def _key(given: dict[str, Any], seed: str, public_word: str) -> bytes:
    text = "\n".join((FORMAT, seed, digest_of_list(given), public_word))
    return hashlib.sha256(text.encode("utf-8")).digest()


def _score(key: bytes, *parts: str) -> bytes:
    return hashlib.sha256(key + "\n".join(parts).encode("utf-8")).digest()


def _lowest(key: bytes, thing: dict[str, Any]) -> bytes:
    tickets = range(thing["weight"])
    return min(_score(key, "object", thing["code"], str(number)) for number in tickets)


def _officers_for(
    key: bytes, thing: dict[str, Any], given: dict[str, Any], load: dict[str, int]
) -> list[str]:
    able = able_for(thing, given)
    able.sort(key=lambda code: (load[code], _score(key, "officer", thing["code"], code), code))
    return able[:OFFICERS_EACH]


def _words(drawn: dict[str, Any]) -> str:
    return drawn["object"] + "（" + "、".join(drawn["officers"]) + "）"


def main(arguments: list[str]) -> int:
    """Re-compute the draw in the file named; 0 when it agrees."""
    if len(arguments) != 1:
        print("用法：python3 drawing.py draw.json")
        return 2
    try:
        published = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
        found = differences(published)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        print(f"无法读取抽取记录：{error!r}")
        return 2
    for each in found:
        print(f"不符：{each}")
    print(
        f"共 {len(found)} 处不符。"
        if found
        else f"一致：{len(published['result'])} 个结果与复算相同。"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
