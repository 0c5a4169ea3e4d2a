import { inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { Line, Page } from './layout'
import { inFourShades } from './paint'
import { asPdf } from './pdf'

const line = (text: string): Line => ({ x: 57, y: 80, size: 11, isBold: false, text, width: 11 * text.length })
const page = (...texts: string[]): Page => ({ lines: texts.map(line), signatures: [] })
const white = { width: 5, height: 2, shades: new Uint8Array(4).fill(255) }

async function made(pages: Page[]): Promise<{ text: string; bytes: Buffer }> {
  const blob = await asPdf(pages, pages.map(() => white), { title: '笔录', made: new Date('2026-11-30T01:02:03Z') })
  const bytes = Buffer.from(await blob.arrayBuffer())
  return { bytes, text: bytes.toString('latin1') }
}

function streams(bytes: Buffer, text: string): string[] {
  return [...text.matchAll(/\/Length (\d+) >>\nstream\n/g)].map((found) => {
    const start = found.index + found[0].length
    return inflateSync(bytes.subarray(start, start + Number(found[1]))).toString('latin1')
  })
}

test('every object stands where the table of the file says', async () => {
  const { text } = await made([page('甲'), page('乙')])
  const table = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1])
  expect(text.slice(table, table + 5)).toBe('xref\n')
  const rows = [...text.slice(table).matchAll(/^(\d{10}) 00000 n $/gm)].map((row) => Number(row[1]))
  expect(rows.length).toBe(Number(/\/Size (\d+)/.exec(text)?.[1]) - 1)
  rows.forEach((start, index) => expect(text.slice(start).startsWith(`${index + 1} 0 obj\n`)).toBe(true))
  expect(text).toContain('/Count 2')
  expect(text).toContain('/CreationDate (D:20261130010203Z)')
})

test('what the picture shows can be searched: each line is there unseen, letter by letter in UTF-16', async () => {
  const { bytes, text } = await made([page('总排口𬭚 pH', '')])
  const drawn = streams(bytes, text)[1] ?? ''
  const hex = /3 Tr 100\.00 Tz .* Tm <([0-9a-f]+)> Tj/.exec(drawn)?.[1] ?? ''
  expect(Buffer.from(hex, 'hex').swap16().toString('utf16le')).toBe('总排口𬭚 pH')
  expect(drawn.match(/Tj/g)?.length).toBe(1) // an empty line is none
})

test('every code of two bytes leads back to its character', async () => {
  const { bytes, text } = await made([page('甲')])
  const table = streams(bytes, text).find((each) => each.includes('begincmap')) ?? ''
  const ranges = [...table.matchAll(/^<(..)00> <\1FF> <(?:\1)00>$/gm)].map((row) => row[1])
  expect(new Set(ranges).size).toBe(256)
  for (const count of table.matchAll(/(\d+) beginbfrange/g)) expect(Number(count[1])).toBeLessThanOrEqual(100)
})

test('a picture has two bits a dot, each row begun anew', () => {
  const shades = [0, 85, 170, 255, 255, 0, 0, 0, 0, 120]
  const data = shades.flatMap((shade) => [shade, shade, shade, 255])
  expect([...inFourShades({ width: 5, height: 2, data }).shades]).toEqual([0b00011011, 0b11000000, 0, 0b01000000])
})
