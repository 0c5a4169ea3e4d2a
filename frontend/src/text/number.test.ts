import { expect, it } from 'vitest'
import { countText, valueBeside, valueText } from './number'

it('shows a missing value as a dash, never as zero', () => {
  expect(valueText(NaN, 1)).toBe('—')
  expect(valueText(null, 1)).toBe('—')
  expect(valueText(undefined, 1)).toBe('—')
  expect(valueText(0, 1)).toBe('0.0')
})

it('keeps the decimals of the factor', () => {
  expect(valueText(32, 2)).toBe('32.00')
})

it('tells a value apart from the limit beside it', () => {
  expect(valueBeside(0.502, [0.5, NaN], 2)).toBe('0.502')
  expect(valueBeside(0.4999, [0.5], 2)).toBe('0.4999')
  expect(valueBeside(0.5, [0.5], 2)).toBe('0.50')
  expect(valueBeside(0.1 + 0.2, [0.3], 1)).toBe('0.3')
  expect(valueBeside(0.512, [0.5], 2)).toBe('0.51')
  expect(valueBeside(0.502, [], 2)).toBe('0.50')
  expect(valueBeside(NaN, [0.5], 2)).toBe('—')
})

it('groups the thousands of a count', () => {
  expect(countText(10_000)).toBe('10,000')
})
