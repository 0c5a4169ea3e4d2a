import { expect, test } from 'vitest'
import type { Written } from '../../../page/strokes'
import type { Block } from './blocks'
import { laidOut, PAGE, wrap } from './layout'

const measure = (text: string, size: number): number => [...text].reduce((sum, letter) => sum + (letter < '\u0100' ? size / 2 : size), 0)
const foot = (number: number, all: number): string => `${number}/${all}`
const written: Written = { width: 640, height: 240, began: '', strokes: [[[1, 2, 0]]] }
const within = (most: number) => (part: string) => measure(part, 10) <= most

test('a line breaks between characters, and no closing mark begins one', () => {
  expect(wrap('现场检查发现。水泵', within(60))).toEqual(['现场检查发', '现。水泵'])
  expect(wrap('现场检查', within(60))).toEqual(['现场检查'])
  expect(wrap('', within(60))).toEqual([''])
})

test('a word of Latin letters stays whole where a space lets it, and is cut where none does', () => {
  expect(wrap('COD sensor online', within(60))).toEqual(['COD sensor', 'online'])
  expect(wrap('0123456789abcdef', within(60))).toEqual(['0123456789ab', 'cdef'])
})

test('nothing that was said is left out or said twice, whatever it is', () => {
  const said = Array.from({ length: 40 }, (_each, index) => `第${index}条，${'废水处理设施运行正常。'.repeat(index % 7)}`)
  const blocks: Block[] = said.map((text) => ({ kind: 'answer', label: '现场情况', text }))
  const pages = laidOut(blocks, measure, foot)
  expect(pages.length).toBeGreaterThan(1)
  const answers = pages.flatMap((page) => page.lines).filter((line) => line.size === 11).map((line) => line.text)
  expect(answers.join('')).toBe(said.join(''))
})

test('everything stands within the margins, and a question never behind alone', () => {
  const blocks: Block[] = Array.from({ length: 60 }, (_each, index) =>
    index % 5 ? { kind: 'answer', label: '问', text: '答'.repeat(index * 9) } : { kind: 'signature', label: '当事人签名', written })
  const pages = laidOut(blocks, measure, foot)
  for (const page of pages) {
    const lines = page.lines.slice(0, -1)
    for (const line of lines) {
      expect(line.x + line.width).toBeLessThanOrEqual(PAGE.width - PAGE.margin)
      expect(line.y).toBeLessThanOrEqual(PAGE.height - PAGE.margin)
    }
    for (const each of page.signatures) expect(each.y + each.height).toBeLessThanOrEqual(PAGE.height - PAGE.margin)
    const last = Math.max(...lines.map((line) => line.y), ...page.signatures.map((each) => each.y))
    expect(lines.some((line) => line.isBold && line.y === last)).toBe(false)
  }
  expect(pages.map((page) => page.lines.at(-1)?.text)).toEqual(pages.map((_page, index) => `${index + 1}/${pages.length}`))
  expect(pages.flatMap((page) => page.signatures).length).toBe(12)
})
