import { expect, it } from 'vitest'
import { waitMs } from './back_off'

it('waits longer after each failure, five minutes at most, and never the same for all phones', () => {
  const longest = [0, 1, 2, 3, 20].map((failures) => waitMs(failures, () => 1))
  expect(longest).toEqual([2000, 4000, 8000, 16_000, 300_000])
  expect(waitMs(3, () => 0)).toBe(8000)
})
