"""The draw: the same for everybody, fair by weight, two officers who may, and nobody can bend it."""

from __future__ import annotations

import copy
import hashlib
import json
import math
import subprocess
import sys
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.lines.inspection import drawing
from zhihuan.lines.inspection.drawing import DrawError, commitment_of, differences, draw


def a_list(objects: int = 6, officers: int = 4, how_many: int = 3, **more: Any) -> dict[str, Any]:
    return {
        "how_many": how_many,
        "objects": [
            {"code": f"E{n}", "name": f"某厂{n}", "town": "T1", "weight": 1} for n in range(objects)
        ],
        "officers": [
            {"code": f"ZF{n}", "name": f"某{n}", "towns": ["T1"]} for n in range(officers)
        ],
        "barred": [],
    } | more


def published(given: dict[str, Any], seed: str = "甲" * 20, word: str = "见证词") -> dict[str, Any]:
    return {
        "format": drawing.FORMAT,
        "seed": seed,
        "commitment": commitment_of(seed),
        "public_word": word,
        "list": given,
        "list_digest": drawing.digest_of_list(given),
        "result": draw(given, seed, word),
    }


@st.composite
def lists(make: Any) -> dict[str, Any]:
    towns = ["T1", "T2"]
    objects = [
        {"code": f"E{n}", "name": f"厂{n}", "town": make(st.sampled_from(towns)),
         "weight": make(st.integers(1, 9))}
        for n in range(make(st.integers(1, 12)))
    ]  # fmt: skip
    officers = [
        {"code": f"ZF{n}", "name": f"人{n}",
         "towns": make(st.sampled_from([["T1"], ["T2"], ["T1", "T2"], ["*"]]))}
        for n in range(make(st.integers(0, 6)))
    ] + [{"code": f"ALL{n}", "name": f"全{n}", "towns": ["*"]} for n in range(4)]  # fmt: skip
    pairs = [[officer["code"], thing["code"]] for officer in officers[:-3] for thing in objects]
    barred = make(st.lists(st.sampled_from(pairs), max_size=8))
    how_many = make(st.integers(1, len(objects)))
    return {"how_many": how_many, "objects": objects, "officers": officers, "barred": barred}


@given(lists(), st.text(min_size=1), st.text(min_size=1))
def test_the_same_list_seed_and_word_draw_the_same(given, seed, word):
    assert draw(given, seed, word) == draw(copy.deepcopy(given), seed, word)


@given(lists(), st.text())
def test_every_object_is_drawn_once_with_two_officers_who_may(given, seed):
    drawn = draw(given, seed, "词")
    objects = [each["object"] for each in drawn]
    assert len(objects) == len(set(objects)) == given["how_many"]
    towns = {each["code"]: each["town"] for each in given["objects"]}
    works = {each["code"]: each["towns"] for each in given["officers"]}
    for each in drawn:
        first, second = each["officers"]
        assert first != second
        for officer in (first, second):
            assert [officer, each["object"]] not in given["barred"]
            assert "*" in works[officer] or towns[each["object"]] in works[officer]


@given(st.integers(2, 12), st.integers(2, 9), st.text())
def test_work_is_shared_evenly_where_everybody_may_go_everywhere(objects, officers, seed):
    drawn = draw(a_list(objects, officers, how_many=objects), seed, "词")
    load = Counter(officer for each in drawn for officer in each["officers"])
    shares = [load[f"ZF{n}"] for n in range(officers)]
    assert max(shares) - min(shares) <= 1


@given(lists(), st.text())
def test_the_order_in_which_a_list_is_written_decides_no_object(given, seed):
    turned = given | {"objects": given["objects"][::-1]}
    # another order is another list with another digest; the scores alone may not hang on places
    key = b"k" * 32
    lowest = {each["code"]: drawing._lowest(key, each) for each in given["objects"]}
    assert {each["code"]: drawing._lowest(key, each) for each in turned["objects"]} == lowest


# ---- fairness ----

_DRAWS = 4000


def chi_square(seen: Counter[str], expected: dict[str, float]) -> float:
    return sum((seen[code] - wanted) ** 2 / wanted for code, wanted in expected.items())


def too_far(degrees: int) -> float:
    """The value a fair draw stays below but once in a million (Wilson and Hilferty)."""
    z = 4.753
    return degrees * (1 - 2 / (9 * degrees) + z * math.sqrt(2 / (9 * degrees))) ** 3


def test_equal_weights_are_drawn_equally_often():
    given = a_list(objects=10, how_many=1)
    seen = Counter(draw(given, f"seed {n}", "词")[0]["object"] for n in range(_DRAWS))
    expected = {each["code"]: _DRAWS / 10 for each in given["objects"]}
    assert chi_square(seen, expected) < too_far(9)


def test_the_first_drawn_follows_the_weights():
    given = a_list(objects=4, how_many=1)
    for thing, weight in zip(given["objects"], (1, 2, 3, 10), strict=True):
        thing["weight"] = weight
    seen = Counter(draw(given, f"seed {n}", "词")[0]["object"] for n in range(_DRAWS))
    expected = {each["code"]: _DRAWS * each["weight"] / 16 for each in given["objects"]}
    assert chi_square(seen, expected) < too_far(3)


def test_whoever_comes_second_is_drawn_by_weight_among_the_rest():
    """The law of successive sampling: P(second = j) = Σ_i w_i/W · w_j/(W − w_i)."""
    given = a_list(objects=3, how_many=2)
    weights = {"E0": 1, "E1": 2, "E2": 5}
    for thing in given["objects"]:
        thing["weight"] = weights[thing["code"]]
    total = sum(weights.values())
    seen = Counter(draw(given, f"seed {n}", "词")[1]["object"] for n in range(_DRAWS))
    expected = {
        j: _DRAWS * sum(w / total * weights[j] / (total - w) for i, w in weights.items() if i != j)
        for j in weights
    }
    assert chi_square(seen, expected) < too_far(2)


def test_officers_are_drawn_equally_often():
    given = a_list(objects=1, officers=6, how_many=1)
    seen = Counter(
        code for n in range(_DRAWS) for code in draw(given, f"seed {n}", "词")[0]["officers"]
    )
    expected = {each["code"]: _DRAWS * 2 / 6 for each in given["officers"]}
    assert chi_square(seen, expected) < too_far(5)


# ---- what a list must be ----


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"how_many": 7}, "应抽 7 个，名录中有 6 个"),
        ({"how_many": 0}, "应抽 0 个"),
        ({"officers": [{"code": "ZF0", "name": "甲", "towns": ["T1"]}]}, "没有 2 名"),
        ({"officers": [{"code": f"ZF{n}", "name": "甲", "towns": ["T2"]} for n in "12"]}, "没有 2 名"),
        ({"barred": [["ZF0", "E1"], ["ZF1", "E1"], ["ZF2", "E1"]]}, "某厂1没有 2 名"),
        ({"objects": [{"code": "E", "name": "厂", "town": "T1", "weight": 1}] * 2}, "重复的检查对象"),
        ({"objects": [{"code": "E", "name": "厂", "town": "T1", "weight": 0}], "how_many": 1}, "权重"),
    ],
)  # fmt: skip
def test_a_list_that_cannot_serve_is_refused_with_the_reason(change, words):
    with pytest.raises(DrawError, match=words):
        draw(a_list() | change, "seed", "词")


# ---- anyone can compute it again ----


def test_a_commitment_is_what_sha256sum_says():
    assert commitment_of("种子") == hashlib.sha256("种子".encode()).hexdigest()


def test_what_was_published_agrees_with_itself():
    assert differences(published(a_list())) == []


@pytest.mark.parametrize(
    ("bend", "words"),
    [
        (lambda told: told.update(seed="乙" * 20), "种子与事先公开的承诺不符"),
        (lambda told: told["list"]["objects"][0].update(weight=9), "名录与事先公开的摘要不符"),
        (lambda told: told["result"][0].update(object="E5x"), "第 1 个抽取结果不符"),
        (lambda told: told["result"][1]["officers"].reverse(), "第 2 个抽取结果不符"),
        (lambda told: told["result"].pop(), "公布了 2 个结果，复算得 3 个"),
        (lambda told: told.update(format="else/1"), "版本不识"),
    ],
)
def test_whatever_is_bent_afterwards_is_found(bend, words):
    told = published(a_list())
    bend(told)
    assert any(words in each for each in differences(told))


@given(st.integers(0, 10_000))
def test_another_public_word_is_another_draw_of_the_same_law(number):
    """Neither seed nor word alone decides: over many words every object comes first at some time."""
    given = a_list(objects=3, how_many=1)
    firsts = {draw(given, "seed", f"{number} {n}")[0]["object"] for n in range(60)}
    assert firsts == {"E0", "E1", "E2"}


def test_the_file_alone_verifies_without_the_platform(tmp_path):
    file = tmp_path / "draw.json"
    file.write_text(json.dumps(published(a_list()), ensure_ascii=False), encoding="utf-8")
    alone = tmp_path / "verify.py"
    alone.write_bytes(open(drawing.__file__, "rb").read())  # noqa: SIM115, PTH123
    # -I -S: nothing but the standard library is there
    run = [sys.executable, "-I", "-S", str(alone), str(file)]
    told = subprocess.run(run, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (told.returncode, told.stdout.strip()) == (0, "一致：3 个结果与复算相同。")
    bent = published(a_list())
    bent["result"].reverse()
    file.write_text(json.dumps(bent), encoding="utf-8")
    told = subprocess.run(run, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert told.returncode == 1
    assert "第 1 个抽取结果不符" in told.stdout


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": "zhihuan-inspection-draw/1"}'])
def test_a_file_that_is_no_draw_is_told_and_no_trace(tmp_path, capsys, content):
    file = tmp_path / "draw.json"
    file.write_text(content, encoding="utf-8")
    assert drawing.main([str(file)]) != 0
    assert "Traceback" not in capsys.readouterr().out
