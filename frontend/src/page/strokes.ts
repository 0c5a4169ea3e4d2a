/** A name written on a pad, as the server's `signatures/strokes.py` reads it, and how a pen draws it. */
export type Point = [x: number, y: number, atMs: number]

export interface Written {
  /** In the pad's own dots. */
  width: number
  height: number
  began: string
  strokes: Point[][]
}

/** Of a field's value; null where that holds none. */
export function readWritten(text: string): Written | null {
  if (!text.startsWith('{')) return null
  try {
    return JSON.parse(text) as Written
  } catch {
    return null
  }
}

/** One stroke, or a part of it; a touch without a movement is a dot. x, y, scale: where the pad's corner lies, how large a dot is. */
export function drawStroke(pen: CanvasRenderingContext2D, points: readonly Point[], x = 0, y = 0, scale = 1): void {
  const first = points[0]
  if (!first) return
  pen.lineWidth = 4 * scale
  pen.lineCap = pen.lineJoin = 'round'
  pen.beginPath()
  pen.moveTo(x + first[0] * scale, y + first[1] * scale)
  for (const [across, down] of points) pen.lineTo(x + across * scale, y + down * scale)
  pen.stroke()
}
