/**
 * Draws thousands of points on one canvas by copying small bitmaps: no feature objects, no
 * style functions, no WebGL (office PCs and virtual desktops often have none).
 *
 * Points of one state that would fall on the same three pixels are drawn once; every state is
 * drawn, the most urgent last, so an exceedance can never vanish beneath normal points.
 */
import type { FrameState } from 'ol/Map.js'
import Layer from 'ol/layer/Layer.js'
import type Source from 'ol/source/Source.js'
import { DRAWING_ORDER, type PointState } from '../../live/states'
import type { Palette } from './palette'
import { sprite, type Sprite } from './symbols'

const SAME_PLACE_PX = 3

export interface DrawnPoints {
  x: Float64Array
  y: Float64Array
  rowsOf: Record<PointState, number[]>
}

export class PointsLayer extends Layer<Source> {
  private readonly canvas = document.createElement('canvas')
  private readonly sprites = new Map<string, Sprite>()
  private taken = new Uint8Array(0)
  private points: DrawnPoints | null = null
  private colours: Palette
  selected: number | null = null
  pointed: number | null = null

  constructor(colours: Palette) {
    super({ zIndex: 10 })
    this.colours = colours
    this.canvas.className = 'map-points'
    this.canvas.style.position = 'absolute'
  }

  show(points: DrawnPoints): void {
    this.points = points
    this.changed()
  }

  recolour(colours: Palette): void {
    this.colours = colours
    this.sprites.clear()
    this.changed()
  }

  /** Symbol radius in CSS pixels: smaller where the city is small or the points are many. */
  static radius(zoom: number, count: number): number {
    const base = count > 3000 ? 3 : count > 600 ? 3.6 : 5
    return Math.max(2.6, Math.min(7.5, base + (zoom - 10.5) * 0.9))
  }

  override render(frame: FrameState | null): HTMLElement {
    if (!frame || !this.points) return this.canvas
    const ratio = frame.pixelRatio
    const context = this.prepare(frame, ratio)
    if (!context) return this.canvas
    const radius = PointsLayer.radius(frame.viewState.zoom, this.points.x.length)
    for (const state of DRAWING_ORDER) this.drawState(context, frame, state, radius)
    for (const row of [this.pointed, this.selected]) {
      if (row !== null) this.drawRing(context, frame, row, radius, row === this.selected)
    }
    return this.canvas
  }

  private prepare(frame: FrameState, ratio: number): CanvasRenderingContext2D | null {
    const width = Math.round((frame.size[0] ?? 0) * ratio)
    const height = Math.round((frame.size[1] ?? 0) * ratio)
    const context = this.canvas.getContext('2d')
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width
      this.canvas.height = height
      this.canvas.style.width = `${frame.size[0] ?? 0}px`
      this.canvas.style.height = `${frame.size[1] ?? 0}px`
    } else context?.clearRect(0, 0, width, height)
    return context
  }

  private drawState(
    context: CanvasRenderingContext2D,
    frame: FrameState,
    state: PointState,
    radius: number,
  ): void {
    const points = this.points
    if (!points) return
    const { x, y } = points
    const { image, half } = this.spriteOf(state, radius, frame.pixelRatio)
    const [a, , , d, e, f] = deviceTransform(frame)
    const { width, height } = this.canvas
    const cell = SAME_PLACE_PX * frame.pixelRatio
    const columns = Math.ceil(width / cell) + 1
    const taken = this.emptyGrid(columns * (Math.ceil(height / cell) + 1))
    for (const row of points.rowsOf[state]) {
      const px = a * (x[row] as number) + e
      const py = d * (y[row] as number) + f
      if (!(px > -half && py > -half && px < width + half && py < height + half)) continue
      const place = columns * Math.max(0, (py / cell) | 0) + Math.max(0, (px / cell) | 0)
      if (taken[place]) continue
      taken[place] = 1
      context.drawImage(image, (px - half) | 0, (py - half) | 0)
    }
  }

  private drawRing(
    context: CanvasRenderingContext2D,
    frame: FrameState,
    row: number,
    radius: number,
    strong: boolean,
  ): void {
    const x = this.points?.x[row]
    const y = this.points?.y[row]
    if (x === undefined || y === undefined) return
    const [a, , , d, e, f] = deviceTransform(frame)
    const ratio = frame.pixelRatio
    const wide = (radius + (strong ? 7 : 5)) * ratio
    for (const [colour, width] of [
      [this.colours.halo, strong ? 6 : 5],
      [this.colours.select, strong ? 3 : 2],
    ] as const) {
      context.beginPath()
      context.arc(a * x + e, d * y + f, wide, 0, 2 * Math.PI)
      context.strokeStyle = colour
      context.lineWidth = width * ratio
      context.stroke()
    }
  }

  private spriteOf(state: PointState, radius: number, ratio: number): Sprite {
    const key = `${state} ${radius.toFixed(1)} ${ratio}`
    const known = this.sprites.get(key)
    if (known) return known
    if (this.sprites.size > 200) this.sprites.clear()
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

type Transform = [number, number, number, number, number, number]

function deviceTransform(frame: FrameState): Transform {
  const ratio = frame.pixelRatio
  return frame.coordinateToPixelTransform.map((part) => part * ratio) as Transform
}
