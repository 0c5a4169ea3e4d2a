import { expect, it } from 'vitest'
import { zoomNeed } from './zoom_detail'

const base = { from: 0, to: 10_000, bucketSeconds: 60 }

it('never asks again when every row is already here', () => {
  expect(zoomNeed({ from: 10, to: 20 }, { ...base, bucketSeconds: 0 }, null)).toEqual({ show: 'base' })
})

it('shows the whole span as loaded', () => {
  expect(zoomNeed({ from: 100, to: 9900 }, base, null)).toEqual({ show: 'base' })
})

it('asks for the window and a margin, within the span', () => {
  expect(zoomNeed({ from: 4000, to: 5000 }, base, null)).toEqual({ fetch: { from: 3750, to: 5250 } })
  expect(zoomNeed({ from: 0, to: 1000 }, base, null)).toEqual({ fetch: { from: 0, to: 1250 } })
})

it('keeps the detail while it covers the window and is fine enough', () => {
  const detail = { from: 3750, to: 5250, bucketSeconds: 10 }
  expect(zoomNeed({ from: 4100, to: 5100 }, base, detail)).toEqual({ show: 'detail' })
  expect(zoomNeed({ from: 5000, to: 6000 }, base, detail)).toHaveProperty('fetch')
  expect(zoomNeed({ from: 4000, to: 4200 }, base, detail)).toHaveProperty('fetch')
  const rows = { ...detail, bucketSeconds: 0 }
  expect(zoomNeed({ from: 4000, to: 4200 }, base, rows)).toEqual({ show: 'detail' })
})
