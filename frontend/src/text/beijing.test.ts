import { describe, expect, it } from 'vitest'
import { clockText, dateText, epochSeconds, isoText, minuteText } from './beijing'

const NEW_YEAR_EVE_UTC = Date.UTC(2025, 11, 31, 16, 0, 5) / 1000

describe('Beijing wall-clock time', () => {
  it('is eight hours ahead of UTC, across the turn of the year', () => {
    expect(dateText(NEW_YEAR_EVE_UTC)).toBe('2026-01-01')
    expect(minuteText(NEW_YEAR_EVE_UTC)).toBe('2026-01-01 00:00')
    expect(clockText(NEW_YEAR_EVE_UTC)).toBe('00:00:05')
  })

  it('goes to ISO 8601 with its offset and back', () => {
    expect(isoText(NEW_YEAR_EVE_UTC)).toBe('2026-01-01T00:00:05+08:00')
    expect(epochSeconds(isoText(NEW_YEAR_EVE_UTC))).toBe(NEW_YEAR_EVE_UTC)
  })

  it('says null, not NaN, of a text that is no time', () => {
    expect(epochSeconds('昨天')).toBeNull()
  })
})
