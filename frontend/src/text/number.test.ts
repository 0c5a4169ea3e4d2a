import { expect, it } from 'vitest'
import { countText, valueText } from './number'

it('shows a missing value as a dash, never as zero', () => {
  expect(valueText(NaN, 1)).toBe('—')
  expect(valueText(null, 1)).toBe('—')
  expect(valueText(undefined, 1)).toBe('—')
  expect(valueText(0, 1)).toBe('0.0')
})

it('keeps the decimals of the factor', () => {
  expect(valueText(32, 2)).toBe('32.00')
})

it('groups the thousands of a count', () => {
  expect(countText(10_000)).toBe('10,000')
})
