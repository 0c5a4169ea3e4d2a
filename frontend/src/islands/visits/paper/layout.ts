/**
 * Blocks on pages of A4: where every line of text and every signature stands. Knows no canvas; widths of text are
 * asked of whoever has the letters. Units: points (1/72 inch), from the upper left corner.
 */
import type { Written } from '../../../page/strokes'
import type { Block } from './blocks'

export const PAGE = { width: 595, height: 842, margin: 57 } as const

export interface Line {
  x: number
  /** Of the line the letters stand on. */
  y: number
  size: number
  isBold: boolean
  text: string
  width: number
}

export interface Drawn {
  x: number
  y: number
  width: number
  height: number
  written: Written
}

export interface Page {
  lines: Line[]
  signatures: Drawn[]
}

export type Measure = (text: string, size: number, isBold: boolean) => number

const STYLES = {
  heading: { size: 18, isBold: true, before: 0, after: 8 },
  note: { size: 9, isBold: false, before: 0, after: 10 },
  label: { size: 9, isBold: true, before: 6, after: 1 },
  text: { size: 11, isBold: false, before: 0, after: 2 },
} as const
const LEADING = 1.5
const SIGNATURE_WIDTH = 170
/** Marks that close, part or follow may not begin a line (GB/T 15834 §5.1). */
const NOT_FIRST = /^[\p{Pe}\p{Pf}\p{Po}]/u
const FOOT = 9

export function laidOut(blocks: readonly Block[], measure: Measure, pageOf: (number: number, all: number) => string): Page[] {
  const sheet = new Sheet(measure)
  for (const block of blocks) {
    if (block.kind === 'heading' || block.kind === 'note') sheet.write(block.text, block.kind)
    else if (block.kind === 'answer') sheet.answer(block.label, block.text)
    else sheet.sign(block.label, block.written)
  }
  sheet.pages.forEach((page, index) => {
    const text = pageOf(index + 1, sheet.pages.length)
    const width = measure(text, FOOT, false)
    page.lines.push({ x: (PAGE.width - width) / 2, y: PAGE.height - PAGE.margin / 2, size: FOOT, isBold: false, text, width })
  })
  return sheet.pages
}

class Sheet {
  readonly pages: Page[] = [{ lines: [], signatures: [] }]
  private y: number = PAGE.margin

  constructor(private readonly measure: Measure) {}

  answer(label: string, text: string): void {
    // a label does not stay behind alone at the foot of a page
    this.need((STYLES.label.size + STYLES.text.size) * LEADING + STYLES.label.before)
    this.write(label, 'label')
    this.write(text, 'text')
  }

  sign(label: string, written: Written): void {
    const height = (SIGNATURE_WIDTH * written.height) / written.width
    this.need(height + STYLES.label.size * LEADING + STYLES.label.before)
    this.write(label, 'label')
    this.page().signatures.push({ x: PAGE.margin, y: this.y, width: SIGNATURE_WIDTH, height, written })
    this.y += height + STYLES.text.after
  }

  write(text: string, style: keyof typeof STYLES): void {
    const { size, isBold, before, after } = STYLES[style]
    this.y += before
    for (const line of this.wrapped(text, size, isBold)) {
      this.need(size * LEADING)
      this.y += size * LEADING
      const width = this.measure(line, size, isBold)
      this.page().lines.push({ x: PAGE.margin, y: this.y - size * 0.35, size, isBold, text: line, width })
    }
    this.y += after
  }

  private wrapped(text: string, size: number, isBold: boolean): string[] {
    const width = PAGE.width - 2 * PAGE.margin
    return text.split('\n').flatMap((line) => wrap(line, (part) => this.measure(part, size, isBold) <= width))
  }

  private need(height: number): void {
    if (this.y + height <= PAGE.height - PAGE.margin) return
    this.pages.push({ lines: [], signatures: [] })
    this.y = PAGE.margin
  }

  private page(): Page {
    return this.pages[this.pages.length - 1]!
  }
}

/** Broken where it no longer fits: at a space of Latin text, otherwise between any two characters, none of which may not begin a line. */
export function wrap(line: string, fits: (part: string) => boolean): string[] {
  const made: string[] = []
  let left = [...line]
  while (left.length && !fits(left.join(''))) {
    const end = breakAt(left, longest(left, fits))
    made.push(left.slice(0, end).join('').trimEnd())
    left = [...left.slice(end).join('').trimStart()]
  }
  return [...made, left.join('')]
}

function longest(letters: readonly string[], fits: (part: string) => boolean): number {
  let low = 1
  let high = letters.length
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (fits(letters.slice(0, middle).join(''))) low = middle
    else high = middle - 1
  }
  return low
}

function breakAt(letters: readonly string[], most: number): number {
  let end = most
  while (end > 1 && NOT_FIRST.test(letters[end] ?? '')) end -= 1
  if (!isLatin(letters[end - 1]) || !isLatin(letters[end])) return end
  const space = letters.slice(0, end).lastIndexOf(' ')
  return space > 0 ? space + 1 : end
}

function isLatin(letter: string | undefined): boolean {
  return letter !== undefined && /[\w.-]/.test(letter)
}
