/**
 * The layer of points: no feature objects, no style functions, no WebGL (office PCs and virtual
 * desktops often have none).
 *
 * While the view only moves, the points of the surroundings are painted once, onto a sheet larger
 * than the map, and the sheet is moved; they are painted anew when the view leaves the sheet, and
 * in every frame while the scale changes.
 */
import type { FrameState } from 'ol/Map.js'
import Layer from 'ol/layer/Layer.js'
import type Source from 'ol/source/Source.js'
import type { Palette } from './palette'
import { PointsPainter, symbolRadius, type DrawnPoints, type Placement } from './points_painter'

/** The sheet's size over the map's: a third of the map to spare at every side. */
const SHEET = 1.66

interface Sheet {
  canvas: HTMLCanvasElement
  centre: readonly number[]
  resolution: number
  ratio: number
}

export class PointsLayer extends Layer<Source> {
  private readonly canvas = document.createElement('canvas')
  private readonly painter: PointsPainter
  private points: DrawnPoints | null = null
  private sheet: Sheet | null = null
  private lastResolution = 0
  selected: number | null = null
  pointed: number | null = null

  constructor(private colours: Palette) {
    super({ zIndex: 10 })
    this.painter = new PointsPainter(colours)
    this.canvas.className = 'map-points'
    this.canvas.style.position = 'absolute'
  }

  show(points: DrawnPoints): void {
    this.points = points
    this.sheet = null
    this.changed()
  }

  recolour(colours: Palette): void {
    this.colours = colours
    this.painter.recolour(colours)
    this.sheet = null
    this.changed()
  }

  override render(frame: FrameState | null): HTMLElement {
    const context = frame && this.prepare(frame)
    if (!frame || !context || !this.points) return this.canvas
    const radius =
      symbolRadius(frame.viewState.zoom, this.points.x.length) * this.colours.scale
    const { resolution } = frame.viewState
    if (resolution === this.lastResolution) this.moveSheet(context, frame, this.points, radius)
    else this.painter.paint(context, this.points, placement(frame, 1), radius)
    this.lastResolution = resolution
    this.drawRings(context, frame, this.points, radius)
    return this.canvas
  }

  private prepare(frame: FrameState): CanvasRenderingContext2D | null {
    const { width, height } = placement(frame, 1)
    const context = this.canvas.getContext('2d')
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.sheet = null
      this.canvas.width = width
      this.canvas.height = height
      this.canvas.style.width = `${frame.size[0] ?? 0}px`
      this.canvas.style.height = `${frame.size[1] ?? 0}px`
    } else context?.clearRect(0, 0, width, height)
    return context
  }

  private moveSheet(
    context: CanvasRenderingContext2D, frame: FrameState, points: DrawnPoints, radius: number,
  ): void {
    const { width, height } = this.canvas
    let offset = this.sheetOffset(frame)
    if (!offset) {
      this.paintSheet(frame, points, radius)
      offset = this.sheetOffset(frame)
    }
    if (!this.sheet || !offset) return
    const { canvas } = this.sheet
    // the part of the sheet that lies over the map, pixel for pixel
    context.drawImage(canvas, offset[0], offset[1], width, height, 0, 0, width, height)
  }

  /** Where on the sheet the map's upper left corner lies, or null when the sheet is of no use. */
  private sheetOffset(frame: FrameState): [number, number] | null {
    const { center, resolution } = frame.viewState
    const sheet = this.sheet
    if (!sheet || sheet.resolution !== resolution || sheet.ratio !== frame.pixelRatio) return null
    const perPixel = resolution / sheet.ratio
    const east = Math.round(((center[0] ?? 0) - (sheet.centre[0] ?? 0)) / perPixel)
    const south = Math.round(((sheet.centre[1] ?? 0) - (center[1] ?? 0)) / perPixel)
    const spareX = Math.floor((sheet.canvas.width - this.canvas.width) / 2)
    const spareY = Math.floor((sheet.canvas.height - this.canvas.height) / 2)
    if (Math.abs(east) > spareX || Math.abs(south) > spareY) return null
    return [spareX + east, spareY + south]
  }

  private paintSheet(frame: FrameState, points: DrawnPoints, radius: number): void {
    const at = placement(frame, SHEET)
    const canvas = this.sheet?.canvas ?? document.createElement('canvas')
    canvas.width = at.width
    canvas.height = at.height
    const context = canvas.getContext('2d')
    if (context) this.painter.paint(context, points, at, radius)
    const { center, resolution } = frame.viewState
    this.sheet = { canvas, centre: [...center], resolution, ratio: frame.pixelRatio }
  }

  private drawRings(
    context: CanvasRenderingContext2D, frame: FrameState, points: DrawnPoints, radius: number,
  ): void {
    const at = placement(frame, 1)
    for (const row of [this.pointed, this.selected]) {
      const x = row === null ? undefined : points.x[row]
      const y = row === null ? undefined : points.y[row]
      if (x === undefined || y === undefined) continue
      const strong = row === this.selected
      const wide = (radius + (strong ? 7 : 5)) * at.ratio
      this.painter.ring(context, at.scaleX * x + at.left, at.scaleY * y + at.top, wide, strong)
    }
  }
}

/** How the view lies on a canvas `larger` times the map's size, around the same centre. */
function placement(frame: FrameState, larger: number): Placement {
  const ratio = frame.pixelRatio
  const width = Math.round((frame.size[0] ?? 0) * ratio)
  const height = Math.round((frame.size[1] ?? 0) * ratio)
  const [a = 1, , , d = 1, e = 0, f = 0] = frame.coordinateToPixelTransform
  const wide = Math.round(width * larger)
  const high = Math.round(height * larger)
  return {
    scaleX: a * ratio,
    scaleY: d * ratio,
    left: e * ratio + Math.floor((wide - width) / 2),
    top: f * ratio + Math.floor((high - height) / 2),
    width: wide,
    height: high,
    ratio,
  }
}
