"""The kind of an outfall, from the most particular name that a register gives it.

    >>> from datetime import date
    >>> found = classify_outfalls(["矿山排污口", "港口码头排口", "工矿企业排污口", ""], on=date(2026, 5, 1))
    >>> found.level1.tolist()
    ['工业排污口', '其他排口', '工业排污口', '']
    >>> found.complete.tolist()
    [True, True, False, False]

Three levels: industrial outfalls, urban sewage works, farming, others; where a kind has no third
level, the second is the last. It refuses names the standard does not know, offering the nearest,
and never guesses a third level from a second.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.dated import When, edition_on
from zhihuan.standards.derivation import Basis, Derivation, Fact, Step
from zhihuan.standards.errors import InputProblem, InputRefusedError
from zhihuan.standards.parameters import Confidence, Edition, parameter

__all__ = ["OutfallKind", "OutfallKinds", "classify_outfalls", "outfall_kinds"]

_LAW = "outfalls/classes"


@dataclass(frozen=True, slots=True)
class OutfallKind:
    """One kind: its names on three levels, level3 "" where the second is the last."""

    level1: str
    level2: str
    level3: str
    confidence: Confidence

    @property
    def path(self) -> str:
        """The names joined by "/"."""
        return "/".join(filter(None, (self.level1, self.level2, self.level3)))


@dataclass(frozen=True, slots=True)
class OutfallKinds:
    """Kinds of outfalls, in the names' shape. level1, level2, level3: "" where not known from the
    name given; complete: the name leaves nothing open; given: the names; edition: the law.
    """

    level1: NDArray[np.str_]
    level2: NDArray[np.str_]
    level3: NDArray[np.str_]
    complete: NDArray[np.bool_]
    given: NDArray[np.str_]
    edition: Edition

    def derivation(self, index: int | tuple[int, ...] = ()) -> Derivation:
        """Why one outfall is of its kind."""
        levels = [str(level[index]) for level in (self.level1, self.level2, self.level3)]
        path = "/".join(filter(None, levels)) or "未分类"
        rows = [kind for kind in _kinds(self.edition) if kind.path.startswith(path)]
        doubts = [kind.confidence for kind in rows] or [self.edition.confidence]
        basis = Basis.of(self.edition, decides="排污口分类")
        open_ = not bool(self.complete[index]) and bool(levels[0])
        return Derivation(
            title="入河（海）排污口分类",
            conclusion=path,
            basis=(replace(basis, confidence=max(doubts, key=lambda level: level.doubt)),),
            facts=(Fact("登记名称", str(self.given[index]) or "缺"),),
            steps=(Step("按名称查分类表", str(self.given[index]), path),) if levels[0] else (),
            cautions=("名称只到上级分类，下级分类需现场核定",) if open_ else (),
        )


def outfall_kinds(*, on: When) -> tuple[OutfallKind, ...]:
    """All kinds of outfalls on a day, in the standard's order.

    Source: HJ 1312-2023 (in force from 2023-11-01; two rows unconfirmed).
    """
    return _kinds(edition_on(parameter(_LAW), on))


def classify_outfalls(names: ArrayLike, *, on: When) -> OutfallKinds:
    """The kind of each outfall by name.

    names: of kinds on any level, any shape; "" is an outfall not yet classified. A name that stands
    on two levels (城镇污水处理厂排污口) means the lower. on: one day. Raises InputRefusedError
    for names the standard does not know.
    Source: HJ 1312-2023 (in force from 2023-11-01).
    """
    law = edition_on(parameter(_LAW), on)
    texts = np.asarray(np.char.strip(np.asarray(names, dtype=str)), dtype=str)
    known = {"": ("", "", "", False)} | _by_name(_kinds(law))
    unique, places = np.unique(texts, return_inverse=True)
    unknown = [name for name in unique.tolist() if name not in known]
    if unknown:
        raise InputRefusedError([_problem(texts, name, known) for name in unknown])
    numbers = np.asarray(places).reshape(texts.shape)
    found = np.array([known[name][:3] for name in unique.tolist()], dtype=str).reshape(-1, 3)
    complete = np.array([known[name][3] for name in unique.tolist()], dtype=bool)
    return OutfallKinds(
        level1=np.asarray(found[numbers, 0], dtype=str),
        level2=np.asarray(found[numbers, 1], dtype=str),
        level3=np.asarray(found[numbers, 2], dtype=str),
        complete=np.asarray(complete[numbers]),
        given=texts,
        edition=law,
    )


def _kinds(law: Edition) -> tuple[OutfallKind, ...]:
    return tuple(
        OutfallKind(row["level1"], row["level2"], row["level3"], Confidence(row["confidence"]))
        for row in law.rows
    )


def _by_name(kinds: tuple[OutfallKind, ...]) -> dict[str, tuple[str, str, str, bool]]:
    """What each name says: the levels known from it, and whether that is all there is."""
    found: dict[str, tuple[str, str, str, bool]] = {}
    for kind in kinds:
        found.setdefault(kind.level1, (kind.level1, "", "", False))
    for kind in kinds:
        found[kind.level2] = (kind.level1, kind.level2, "", not kind.level3)
    for kind in kinds:
        if kind.level3:
            found[kind.level3] = (kind.level1, kind.level2, kind.level3, True)
    return found


def _problem(
    texts: NDArray[np.str_], name: str, known: Mapping[str, tuple[str, str, str, bool]]
) -> InputProblem:
    row = int(np.flatnonzero(texts.reshape(-1) == name)[0])
    near = difflib.get_close_matches(name, filter(None, known), n=3, cutoff=0.4)
    remedy = f"是否为 {'、'.join(near)}？" if near else f"可用：{'、'.join(filter(None, known))}"
    return InputProblem(row, "排污口名称", name, "分类表中没有这个名称", remedy)
