/**
 * Paints points onto a canvas by copying small bitmaps, one for each state and size.
 *
 * Points of one state that would fall on the same three pixels are painted once; every state is
 * painted, the most urgent last, so an exceedance can never vanish beneath normal points.
 */
import { DRAWING_ORDER, type PointState } from '../../live/states'
import type { Palette } from './palette'
import { sprite, type Sprite } from './symbols'

const SAME_PLACE_PX = 3
const SPRITES_KEPT = 200

export interface DrawnPoints {
  x: Float64Array
  y: Float64Array
  rowsOf: Record<PointState, number[]>
}

/** Map units to device pixels of a canvas: px = scaleX · x + left, py = scaleY · y + top. */
export interface Placement {
  scaleX: number
  scaleY: number
  left: number
  top: number
  width: number
  height: number
  ratio: number
}

/** Symbol radius in CSS pixels: smaller where the city is small or the points are many. */
export function symbolRadius(zoom: number, count: number): number {
  const base = count > 3000 ? 3 : count > 600 ? 3.6 : 5
  return Math.max(2.6, Math.min(7.5, base + (zoom - 10.5) * 0.9))
}

export class PointsPainter {
  private readonly sprites = new Map<string, Sprite>()
  private taken = new Uint8Array(0)

  constructor(private colours: Palette) {}

  recolour(colours: Palette): void {
    this.colours = colours
    this.sprites.clear()
  }

  paint(
    context: CanvasRenderingContext2D, points: DrawnPoints, at: Placement, radius: number,
  ): void {
    for (const state of DRAWING_ORDER) this.paintState(context, points, state, at, radius)
  }

  ring(context: CanvasRenderingContext2D, x: number, y: number, radius: number, strong: boolean) {
    for (const [colour, width] of [
      [this.colours.halo, strong ? 2 : 1.7],
      [this.colours.select, strong ? 1 : 0.7],
    ] as const) {
      context.beginPath()
      context.arc(x, y, radius, 0, 2 * Math.PI)
      context.strokeStyle = colour
      context.lineWidth = (width * radius) / 4
      context.stroke()
    }
  }

  private paintState(
    context: CanvasRenderingContext2D,
    { x, y, rowsOf }: DrawnPoints,
    state: PointState,
    at: Placement,
    radius: number,
  ): void {
    const { image, half } = this.spriteOf(state, radius, at.ratio)
    const cell = SAME_PLACE_PX * at.ratio
    const columns = Math.ceil(at.width / cell) + 1
    const taken = this.emptyGrid(columns * (Math.ceil(at.height / cell) + 1))
    for (const row of rowsOf[state]) {
      const px = at.scaleX * (x[row] as number) + at.left
      const py = at.scaleY * (y[row] as number) + at.top
      if (!(px > -half && py > -half && px < at.width + half && py < at.height + half)) continue
      const place = columns * Math.max(0, (py / cell) | 0) + Math.max(0, (px / cell) | 0)
      if (taken[place]) continue
      taken[place] = 1
      context.drawImage(image, (px - half) | 0, (py - half) | 0)
    }
  }

  private spriteOf(state: PointState, radius: number, ratio: number): Sprite {
    const key = `${state} ${radius.toFixed(1)} ${ratio}`
    const known = this.sprites.get(key)
    if (known) return known
    if (this.sprites.size > SPRITES_KEPT) this.sprites.clear()
    const fresh = sprite(state, radius, ratio, this.colours)
    this.sprites.set(key, fresh)
    return fresh
  }

  private emptyGrid(length: number): Uint8Array {
    if (this.taken.length < length) this.taken = new Uint8Array(length)
    else this.taken.fill(0)
    return this.taken
  }
}
