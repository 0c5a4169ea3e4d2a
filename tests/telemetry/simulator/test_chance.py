from __future__ import annotations

import numpy as np

from zhihuan.telemetry.simulator.chance import normal, seed_from, uniform, wander


def test_a_moment_asked_for_alone_gives_the_value_it_has_among_others() -> None:
    moments = np.arange(1_774_000_000, 1_774_090_000, 15, dtype=np.int64)
    for draw in (uniform, normal, lambda seed, t: wander(seed, t, 7200)):
        together = draw(17, moments)
        alone = np.array([float(draw(17, moments[i : i + 1])[0]) for i in range(0, 6000, 377)])
        np.testing.assert_array_equal(together[:6000:377], alone)


def test_uniform_fills_zero_to_one_evenly() -> None:
    values = uniform(3, np.arange(200_000, dtype=np.int64))
    assert values.min() >= 0.0
    assert values.max() < 1.0
    counts, _edges = np.histogram(values, bins=20, range=(0.0, 1.0))
    assert abs(counts / 10_000 - 1.0).max() < 0.05


def test_normal_has_mean_zero_and_deviation_one_and_no_wild_values() -> None:
    values = normal(3, np.arange(200_000, dtype=np.int64))
    assert abs(values.mean()) < 0.01
    assert abs(values.std() - 1.0) < 0.01
    assert abs(values).max() <= 2.0 * np.sqrt(3.0)


def test_neighbouring_positions_are_not_related() -> None:
    values = uniform(3, np.arange(100_000, dtype=np.int64))
    assert abs(np.corrcoef(values[:-1], values[1:])[0, 1]) < 0.02


def test_a_walk_is_smooth_between_its_knots() -> None:
    values = wander(5, np.arange(0, 86_400, 60, dtype=np.int64), 10_800)
    assert abs(np.diff(values)).max() < 0.08
    assert values.std() > 0.3


def test_different_seeds_give_different_values_and_the_same_seed_the_same() -> None:
    positions = np.arange(100, dtype=np.int64)
    assert (uniform(seed_from(1, "a"), positions) != uniform(seed_from(1, "b"), positions)).all()
    assert seed_from("x", 1) == seed_from("x", 1)
    assert seed_from("x", 1) != seed_from("x1")
    # written down once: a seed means the same city on every machine and in every release
    assert seed_from(2024, "A" * 24) == 0x4115BD294EB3790F
