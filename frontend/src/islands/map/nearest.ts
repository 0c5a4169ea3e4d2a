/**
 * Which point is under the pointer: points sorted into square cells, so that a look-up reads
 * nine cells and not ten thousand points. Coordinates in map units (metres of EPSG:3857).
 */
export class NearestPoint {
  private readonly cells = new Map<string, number[]>()

  constructor(
    private readonly x: Float64Array,
    private readonly y: Float64Array,
    private readonly cellSize = 2000,
  ) {
    for (let row = 0; row < x.length; row += 1) this.put(row)
  }

  /** The row within `reach` map units of the place, or null. */
  find(placeX: number, placeY: number, reach: number): number | null {
    let best: number | null = null
    let bestSquared = reach * reach
    for (const row of this.around(placeX, placeY, reach)) {
      const dx = (this.x[row] ?? 0) - placeX
      const dy = (this.y[row] ?? 0) - placeY
      const squared = dx * dx + dy * dy
      // the later row is drawn on top, so it wins a tie
      if (squared > bestSquared) continue
      best = row
      bestSquared = squared
    }
    return best
  }

  private put(row: number): void {
    const key = this.key(this.x[row] ?? 0, this.y[row] ?? 0)
    const cell = this.cells.get(key)
    if (cell) cell.push(row)
    else this.cells.set(key, [row])
  }

  private key(x: number, y: number): string {
    return `${Math.floor(x / this.cellSize)}:${Math.floor(y / this.cellSize)}`
  }

  private *around(x: number, y: number, reach: number): Generator<number> {
    const size = this.cellSize
    for (let i = Math.floor((x - reach) / size); i <= Math.floor((x + reach) / size); i += 1) {
      for (let j = Math.floor((y - reach) / size); j <= Math.floor((y + reach) / size); j += 1) {
        yield* this.cells.get(`${i}:${j}`) ?? []
      }
    }
  }
}
