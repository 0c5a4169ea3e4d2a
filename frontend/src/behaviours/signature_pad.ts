/**
 * A pad to write a name on: strokes of finger, pen or mouse, each point with its time, as JSON in a hidden field.
 *
 *   <div data-signature>
 *     <input type="hidden" name="party_signed" data-signature-value>
 *     <canvas class="signature-pad" width="640" height="240" hidden></canvas>
 *     <p hidden><button type="button" data-signature-clear></button> <span data-signature-told></span></p>
 *   </div>
 *
 * The field's value is what the server's `signatures/strokes.py` reads. Times are milliseconds since the first touch.
 */
import { firstTime } from '../page/once'
import { drawStroke, readWritten, type Point, type Written } from '../page/strokes'
import { words } from '../text/words'

export function enhanceSignatures(root: ParentNode): void {
  for (const element of firstTime(root, '[data-signature]', 'signature')) start(element)
}

function start(box: HTMLElement): void {
  const canvas = box.querySelector('canvas')
  const field = box.querySelector<HTMLInputElement>('[data-signature-value]')
  if (!canvas || !field) return
  for (const part of box.querySelectorAll<HTMLElement>('[hidden]')) part.hidden = false
  const pad = new Pad(box, canvas, field)
  canvas.addEventListener('pointerdown', (event) => pad.begin(event))
  canvas.addEventListener('pointermove', (event) => pad.go(event))
  for (const end of ['pointerup', 'pointercancel']) canvas.addEventListener(end, () => pad.end())
  box.querySelector('[data-signature-clear]')?.addEventListener('click', () => pad.clear())
  // a form that saves itself puts back what was written before the page was left
  field.form?.addEventListener('zhihuan:restored', () => pad.restore())
}

class Pad {
  private written: Written
  private stroke: Point[] | null = null
  private firstTouch = 0

  constructor(
    private readonly box: HTMLElement,
    private readonly canvas: HTMLCanvasElement,
    private readonly field: HTMLInputElement,
  ) {
    this.written = this.blank()
    this.restore()
  }

  /** As the field has it. */
  restore(): void {
    this.written = readWritten(this.field.value) ?? this.blank()
    for (const stroke of this.written.strokes) this.draw(stroke)
  }

  begin(event: PointerEvent): void {
    if (event.button > 0) return
    event.preventDefault()
    this.canvas.setPointerCapture?.(event.pointerId)
    if (!this.written.strokes.length) {
      this.firstTouch = event.timeStamp
      this.written.began = new Date().toISOString()
    } else if (!this.firstTouch) {
      // written before the page was left: what comes now goes on after its last point
      this.firstTouch = event.timeStamp - this.lastMs() - 1
    }
    this.stroke = [this.point(event)]
    this.written.strokes.push(this.stroke)
    this.draw(this.stroke)
  }

  go(event: PointerEvent): void {
    if (!this.stroke) return
    const point = this.point(event)
    const last = this.stroke[this.stroke.length - 1]
    if (last && last[0] === point[0] && last[1] === point[1]) return
    this.stroke.push(point)
    this.draw(this.stroke.slice(-2))
  }

  end(): void {
    if (!this.stroke) return
    this.stroke = null
    this.tell(JSON.stringify(this.written), words().signed)
  }

  clear(): void {
    this.written = this.blank()
    this.firstTouch = 0
    this.canvas.getContext('2d')?.clearRect(0, 0, this.canvas.width, this.canvas.height)
    this.tell('', words().signatureCleared)
  }

  private tell(value: string, text: string): void {
    this.field.value = value
    this.field.dispatchEvent(new Event('input', { bubbles: true }))
    this.field.dispatchEvent(new Event('change', { bubbles: true }))
    const told = this.box.querySelector('[data-signature-told]')
    if (told) told.textContent = text
  }

  private blank(): Written {
    return { width: this.canvas.width, height: this.canvas.height, began: '', strokes: [] }
  }

  private point(event: PointerEvent): Point {
    const seen = this.canvas.getBoundingClientRect()
    const x = ((event.clientX - seen.left) / (seen.width || this.canvas.width)) * this.canvas.width
    const y = ((event.clientY - seen.top) / (seen.height || this.canvas.height)) * this.canvas.height
    const atMs = Math.max(this.lastMs(), Math.round(event.timeStamp - this.firstTouch))
    return [within(x, this.canvas.width), within(y, this.canvas.height), atMs]
  }

  private lastMs(): number {
    const stroke = this.written.strokes.at(-1)
    return stroke?.at(-1)?.[2] ?? 0
  }

  private draw(points: readonly Point[]): void {
    const pen = this.canvas.getContext('2d')
    if (!pen) return
    pen.strokeStyle = '#111'
    drawStroke(pen, points)
  }
}

function within(value: number, most: number): number {
  return Math.min(most, Math.max(0, Math.round(value)))
}
