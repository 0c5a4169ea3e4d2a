import { expect, it, vi } from 'vitest'
import { hear } from '../../live/events'
import { exportAddress, fetchSeries, seriesAddress } from './request'

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

it('takes no sign-in page for a series: the page says that the session is over', async () => {
  document.body.innerHTML = '<dialog data-session-end></dialog>'
  const signIn = { ok: true, url: 'http://localhost:3000/accounts/login/?next=/s.json', json: async () => ({ form: {} }) }
  vi.stubGlobal('fetch', async () => signIn)
  const over = vi.fn()
  hear('zhihuan:session-over', over)
  expect(await fetchSeries('/s.json', query, 100, new AbortController().signal)).toBeNull()
  expect(over).toHaveBeenCalledOnce()
  vi.unstubAllGlobals()
})
