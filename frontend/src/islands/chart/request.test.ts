import { expect, it } from 'vitest'
import { exportAddress, seriesAddress } from './request'

const query = { factor: 'w01018', kind: 'hour', from: 0, to: 3600 } as const

it('asks with Beijing times and as many buckets as pixels can show', () => {
  const search = new URL(seriesAddress('/s.json', query, 341.6), 'http://x').searchParams
  expect(search.get('from')).toBe('1970-01-01T08:00:00+08:00')
  expect(search.get('to')).toBe('1970-01-01T09:00:00+08:00')
  expect(search.get('buckets')).toBe('342')
})

it('exports the same rows, unbucketed', () => {
  const search = new URL(exportAddress('/s.json', query), 'http://x').searchParams
  expect(search.get('format')).toBe('csv')
  expect(search.get('factor')).toBe('w01018')
  expect(search.has('buckets')).toBe(false)
})
