"""Draw docs/pictures/standards-noise_propagation.png: a road, a barrier, houses, and what it takes off.

python scripts/plots/noise_propagation.py
"""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Polygon

from zhihuan.standards.noise_propagation import (
    Building,
    Ground,
    NoiseMap,
    Patch,
    Scene,
    Wall,
    line_source,
    noise_map,
    receiver_grid,
)

PICTURE = Path(__file__).parents[2] / "docs" / "pictures" / "standards-noise_propagation.png"
# octave sound power of a busy street a metre [dB], rising to 1 kHz and falling again
STREET = [72.0, 76.0, 77.0, 78.0, 80.0, 77.0, 71.0, 62.0]
STEPS = np.arange(35, 86, 5)
WALL = Wall([[60, 36, 4.0], [190, 36, 4.0]], absorption=0.8)
HOUSES = tuple(
    Building([[x, y], [x + 26, y], [x + 26, y + 14], [x, y + 14]], top)
    for x, y, top in (
        (70, 60, 18),
        (120, 62, 18),
        (168, 60, 12),
        (40, 120, 30),
        (150, 115, 9),
        (230, 70, 12),
    )
)
PARK = Patch([[0, 160], [300, 160], [300, 200], [0, 200]], 1.0)


def made_map(*obstacles: Wall | Building) -> NoiseMap:
    """The street along y = 20 over mixed ground, 4 m above it."""
    street = line_source([[-150, 20, 0.5], [450, 20, 0.5]], power_per_metre=STREET, spacing_m=4.0)
    scene = Scene(ground=Ground(0.3, (PARK,)), obstacles=obstacles)
    return noise_map(street, receiver_grid((0.0, 0.0), (300.0, 200.0), step_m=2.5), scene)


def draw_scene(axes: Axes, *, wall: bool) -> None:
    for house in HOUSES:
        axes.add_patch(
            Polygon(
                np.asarray(house.footprint), facecolor="#e2e8f0", edgecolor="#334155", linewidth=0.7
            )
        )
    axes.axhline(20, color="white", linewidth=2.5)
    if wall:
        line = WALL.outline
        axes.plot(line[:, 0], line[:, 1], color="black", linewidth=2.2)
    axes.set(aspect="equal", xlim=(0, 300), ylim=(0, 200), xlabel="x（m）")


def main() -> None:
    """Draw the map with the barrier, and what the barrier takes off."""
    mpl.rcParams["font.family"] = "Noto Sans CJK SC"
    mpl.rcParams["font.size"] = 9
    without, with_wall = made_map(*HOUSES), made_map(*HOUSES, WALL)
    figure, panels = plt.subplots(1, 2, figsize=(9.4, 3.4), sharey=True, layout="constrained")
    x, y = without.grid.x, without.grid.y
    levels = panels[0].contourf(x, y, with_wall.a_weighted, STEPS, cmap="RdYlGn_r", extend="both")
    figure.colorbar(levels, ax=panels[0], label="dB(A)", shrink=0.9)
    panels[0].set(title="有 4 m 声屏障时的声级（离地 4 m）", ylabel="y（m）")
    saved = panels[1].contourf(
        x,
        y,
        without.a_weighted - with_wall.a_weighted,
        [0.2, 1, 2, 3, 5, 7, 9, 11],
        cmap="YlGnBu",
        extend="max",
    )
    figure.colorbar(saved, ax=panels[1], label="dB", shrink=0.9)
    panels[1].set(title="声屏障的降噪量")
    for axes in panels:
        draw_scene(axes, wall=True)
    figure.savefig(PICTURE, dpi=110)


if __name__ == "__main__":
    main()
