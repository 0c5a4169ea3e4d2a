/**
 * The shape of each state, so that colour is never the only sign: normal ●, exceeding ▲,
 * abnormal ◆, offline a hollow □. Drawn once into small bitmaps and then only copied.
 */
import type { PointState } from '../../live/states'
import type { Palette } from './palette'

type Path = (context: CanvasRenderingContext2D, radius: number) => void

const circle: Path = (context, radius) => {
  context.arc(0, 0, radius, 0, 2 * Math.PI)
}

const triangle: Path = (context, radius) => {
  const side = radius * 1.25
  context.moveTo(0, -side)
  context.lineTo(side, side * 0.85)
  context.lineTo(-side, side * 0.85)
  context.closePath()
}

const diamond: Path = (context, radius) => {
  const half = radius * 1.3
  context.moveTo(0, -half)
  context.lineTo(half, 0)
  context.lineTo(0, half)
  context.lineTo(-half, 0)
  context.closePath()
}

const square: Path = (context, radius) => {
  const half = radius * 0.85
  context.rect(-half, -half, 2 * half, 2 * half)
}

const PATHS: Record<PointState, Path> = {
  normal: circle,
  exceeding: triangle,
  abnormal: diamond,
  offline: square,
}

export interface Sprite {
  image: HTMLCanvasElement
  /** half the bitmap's width in device pixels: what to subtract to centre it */
  half: number
}

/** One bitmap: `radius` in CSS pixels, `ratio` = device pixels per CSS pixel. */
export function sprite(
  state: PointState,
  radius: number,
  ratio: number,
  colours: Palette,
): Sprite {
  const half = Math.ceil((radius * 1.3 + 2) * ratio)
  const image = document.createElement('canvas')
  image.width = image.height = 2 * half
  const context = image.getContext('2d')
  if (!context) return { image, half }
  context.translate(half, half)
  context.scale(ratio, ratio)
  context.lineJoin = 'round'
  context.beginPath()
  PATHS[state](context, radius)
  paint(context, state, radius, colours)
  return { image, half }
}

function paint(
  context: CanvasRenderingContext2D,
  state: PointState,
  radius: number,
  colours: Palette,
): void {
  const hollow = state === 'offline'
  context.lineWidth = hollow ? 3.5 : 2
  context.strokeStyle = colours.halo
  context.stroke()
  context.fillStyle = hollow ? colours.halo : colours.state[state]
  context.fill()
  if (!hollow) return
  context.lineWidth = Math.max(1.4, radius / 3)
  context.strokeStyle = colours.state[state]
  context.stroke()
}
