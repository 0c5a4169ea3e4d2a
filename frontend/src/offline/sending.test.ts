import { expect, it } from 'vitest'
import { bundles } from './sending'
import type { FieldRecord } from './store'

function record(sequence: number, words = 'x'): FieldRecord {
  return {
    id: String(sequence), user: '7', device: 'd', sequence, matter: 1, step: 'note', title: '', stepTitle: '',
    version: 1, after: null, values: [['words', words]], officers: [], files: [], filledAt: '', state: 'queued',
    words: '', settledAt: '',
  }
}

it('sends in the order written, twenty at a time', () => {
  const written = Array.from({ length: 45 }, (_, index) => record(45 - index))
  const sent = bundles(written)
  expect(sent.map((each) => each.length)).toEqual([20, 20, 5])
  expect(sent.flat().map((each) => each.sequence)).toEqual(Array.from({ length: 45 }, (_, index) => index + 1))
})

it('sends what is long by itself, and nothing is left out', () => {
  const long = 'x'.repeat(150_000)
  const sent = bundles([record(1, long), record(2, long), record(3)])
  expect(sent.map((each) => each.map((one) => one.sequence))).toEqual([[1], [2, 3]])
})
