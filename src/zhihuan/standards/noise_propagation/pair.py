"""Why one receiver hears so much of one source: every term of every band.

    derivation = pair_derivation(sources, receivers, scene, source=0, receiver=0)
    print(derivation.text())

Drawn up for one pair on demand; the numbers are those ``levels`` uses. It refuses to derive sums
over sources: a receiver's level is the energy sum of its pairs.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zhihuan.standards.derivation import Basis, Derivation, Fact, Step
from zhihuan.standards.noise_propagation.attenuation import GENERAL, Block, block, method_of
from zhihuan.standards.noise_propagation.bands import A_WEIGHTS, BANDS_HZ, a_weighted
from zhihuan.standards.noise_propagation.rule import EDITION, Rule, rule_edition
from zhihuan.standards.noise_propagation.scene import Points, Scene, Sources
from zhihuan.standards.noise_propagation.screening import Screen, Way
from zhihuan.standards.parameters import parameter

__all__ = ["pair_derivation"]

Floats = NDArray[np.float64]


def pair_derivation(  # noqa: PLR0913 - one argument a choice
    sources: Sources,
    receivers: Points,
    scene: Scene,
    *,
    source: int = 0,
    receiver: int = 0,
    ground: str = GENERAL,
    edition: str = EDITION,
) -> Derivation:
    """The level at one receiver of one source, term by term [dB], downwind, without reflections.

    source, receiver: row numbers. Errors as ``levels``. Source: ISO 9613-2:1996, formulas (3) to
    (18). Numbers are shown with two decimals; nothing is rounded in between.
    """
    one = Points(sources.position[source : source + 1], sources.height[source : source + 1])
    other = Points(
        receivers.position[receiver : receiver + 1], receivers.height[receiver : receiver + 1]
    )
    method = method_of(scene, ground=ground, edition=edition)
    parts = block(method, one, other)
    power = sources.power[source]
    octaves = power - parts.total[:, 0, 0]
    total = float(a_weighted(octaves))
    weights = parameter("noise_propagation/a_weighting").editions[0]
    cautions = _outside(method.numbers, parts, one, other)
    return Derivation(
        title="户外声传播衰减（点声源到受声点）",
        conclusion=f"受声点 A 声级 {total:.2f} dB(A)",
        basis=(
            Basis.of(rule_edition(edition), decides="传播衰减"),
            Basis.of(weights, decides="A 计权"),
        ),
        facts=_facts(scene, one, other, power),
        steps=_steps(method.absorption, parts, octaves, total),
        cautions=cautions,
    )


def _facts(scene: Scene, source: Points, receiver: Points, power: Floats) -> tuple[Fact, ...]:
    air, ground = scene.air, scene.ground
    patches = f"另有 {len(ground.patches)} 个分区" if ground.patches else ""
    return (
        Fact("声功率级（63 Hz–8 kHz）", _row(power), "dB"),
        Fact("声源坐标", _row(source.position[0]), "m", remark=f"离地 {source.height[0]:g} m"),
        Fact(
            "受声点坐标", _row(receiver.position[0]), "m", remark=f"离地 {receiver.height[0]:g} m"
        ),
        Fact(
            "气象",
            f"{air.temperature_c:g} ℃、{air.humidity_percent:g}%、{air.pressure_kpa:g} kPa",
            remark="顺风传播",
        ),
        Fact("地面因子 G", f"{ground.factor:g}", remark=patches),
        Fact("屏障与建筑物", str(len(scene.obstacles)), "个"),
    )


def _steps(absorption: Floats, parts: Block, octaves: Floats, total: float) -> tuple[Step, ...]:
    distance = float(parts.distance[0, 0])
    steps = [
        Step(
            "几何发散 Adiv",
            f"20 lg {distance:.3f} + 11",
            f"{parts.divergence[0, 0]:.2f} dB",
        ),
        Step(
            "大气吸收 Aatm",
            f"{distance:.3f} m × ({_row(1000 * absorption)}) dB/km",
            f"{_row(absorption * distance)} dB",
        ),
        Step(
            "地面效应 Agr",
            f"水平距离 {float(parts.ground_distance[0, 0]):.3f} m，As + Ar + Am",
            f"{_row(parts.ground[:, 0, 0])} dB",
        ),
    ]
    if parts.screen is not None:
        steps.append(_barrier_step(parts.screen, parts.barrier[:, 0]))
    angle = float(np.ravel(parts.solid_angle)[0])
    if angle:
        steps.append(Step("立体角修正 DΩ", "替代地面法所附", f"{angle:.2f} dB"))
    return (
        *steps,
        Step("各频带声压级", f"Lw − A（{_row(BANDS_HZ, 0)} Hz）", f"{_row(octaves)} dB"),
        Step(
            "A 计权合成",
            f"10 lg Σ 10^((Lp + A)/10)，A = {_row(A_WEIGHTS, 1)}",
            f"{total:.2f} dB(A)",
            deciding=True,
        ),
    )


def _barrier_step(screen: Screen, barrier: Floats) -> Step:
    ways = [_way_text("顶边", screen.top)]
    ways += [
        _way_text(name, way)
        for name, way in (("左侧边", screen.left), ("右侧边", screen.right))
        if np.isfinite(way.excess[0])
    ]
    return Step("屏障衰减 Abar", "；".join(ways), f"{_row(barrier)} dB")


def _way_text(name: str, way: Way) -> str:
    edges = f"，边间距 {way.between[0]:.3f} m" if way.between[0] else ""
    return f"{name}声程差 {way.excess[0]:.3f} m{edges}，Kmet {way.weather[0]:.3f}"


def _outside(numbers: Rule, parts: Block, source: Points, receiver: Points) -> tuple[str, ...]:
    """What the method's stated accuracy does not cover."""
    mean = float(source.height[0] + receiver.height[0]) / 2.0
    found = []
    if float(parts.distance[0, 0]) > numbers.greatest_distance:
        found.append(f"距离超过 {numbers.greatest_distance:g} m，标准未给出准确度")
    if mean > numbers.greatest_height:
        found.append(f"平均高度超过 {numbers.greatest_height:g} m，标准未给出准确度")
    return tuple(found)


def _row(values: Floats, decimals: int = 2) -> str:
    return "、".join(f"{value:.{decimals}f}" for value in np.ravel(values).tolist())
