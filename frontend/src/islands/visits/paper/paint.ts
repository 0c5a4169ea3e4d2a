/** A page as the phone's own letters draw it: four shades of grey, 150 dots an inch, the highest bits first. */
import { drawStroke } from '../../../page/strokes'
import { PAGE, type Drawn, type Line, type Measure, type Page } from './layout'

const DOTS_PER_POINT = 150 / 72
const LETTERS = '"Noto Sans CJK SC", "PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", sans-serif'

export interface Picture {
  width: number
  height: number
  /** Two bits a dot, each row filled to whole bytes. */
  shades: Uint8Array<ArrayBuffer>
}

export function measureWith(pen: CanvasRenderingContext2D): Measure {
  return (text, size, isBold) => {
    pen.font = fontOf(size, isBold)
    return pen.measureText(text).width
  }
}

export function painted(canvas: HTMLCanvasElement, page: Page): Picture {
  canvas.width = Math.round(PAGE.width * DOTS_PER_POINT)
  canvas.height = Math.round(PAGE.height * DOTS_PER_POINT)
  const pen = canvas.getContext('2d', { willReadFrequently: true })
  if (!pen) throw new Error('the browser gives no canvas')
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.scale(DOTS_PER_POINT, DOTS_PER_POINT)
  pen.fillStyle = pen.strokeStyle = '#000'
  for (const line of page.lines) write(pen, line)
  for (const each of page.signatures) sign(pen, each)
  return inFourShades(pen.getImageData(0, 0, canvas.width, canvas.height))
}

function fontOf(size: number, isBold: boolean): string {
  return `${isBold ? 'bold ' : ''}${size}px ${LETTERS}`
}

function write(pen: CanvasRenderingContext2D, line: Line): void {
  pen.font = fontOf(line.size, line.isBold)
  pen.fillText(line.text, line.x, line.y)
}

function sign(pen: CanvasRenderingContext2D, drawn: Drawn): void {
  const scale = drawn.width / drawn.written.width
  for (const stroke of drawn.written.strokes) drawStroke(pen, stroke, drawn.x, drawn.y, scale)
}

/** Black on white, so one colour of three tells the shade. */
export function inFourShades(image: { width: number; height: number; data: ArrayLike<number> }): Picture {
  const { width, height, data } = image
  const row = Math.ceil(width / 4)
  const shades = new Uint8Array(row * height)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const shade = Math.round((data[(y * width + x) * 4] ?? 255) / 85)
      const at = y * row + (x >> 2)
      shades[at] = (shades[at] ?? 0) | (shade << (6 - 2 * (x & 3)))
    }
  }
  return { width, height, shades }
}
