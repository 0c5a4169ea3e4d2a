import { describe, expect, it } from 'vitest'
import {
  differs, exceeds, flagRuns, limitAt, mismatches, parseSeries, segments, stepSeconds,
} from './series'
import { answer } from './series.sample'

describe('a series', () => {
  it('is refused with the name of the column that is short', () => {
    expect(() => parseSeries(answer({ max: [1] }))).toThrow('column max of the series has 1 items, not 4')
    expect(() => parseSeries({})).toThrow('column t')
  })

  it('keeps a missing value missing', () => {
    expect(parseSeries(answer()).value[1]).toBeNaN()
  })

  it('takes limits that are open at either end', () => {
    const series = parseSeries(answer())
    expect(limitAt(series, 1e12)?.upper).toBe(50)
    expect(limitAt(series, -1e12)?.lower).toBeNaN()
  })
})

describe('an exceedance', () => {
  it('is judged by the limit of its own day', () => {
    const limits = [
      { from: null, to: '1970-01-01T01:00:00Z', upper: 25, lower: null },
      { from: '1970-01-01T01:00:00Z', to: null, upper: 65, lower: null },
    ]
    const series = parseSeries(answer({ limits }))
    expect([0, 1, 2, 3].map((i) => exceeds(series, i))).toEqual([true, false, false, false])
  })

  it('counts below a lower limit too', () => {
    const series = parseSeries(answer({ limits: [{ upper: null, lower: 35 }] }))
    expect(exceeds(series, 0)).toBe(true)
    expect(exceeds(series, 3)).toBe(false)
  })

  it('cannot hide in the mean of a bucket', () => {
    const whole = parseSeries(answer())
    const bucketed = parseSeries(answer({ bucketSeconds: 3600 }))
    expect(exceeds(whole, 3)).toBe(false)
    expect(exceeds(bucketed, 3)).toBe(true)
  })
})

describe('our statistics', () => {
  it('differ only beyond the last printed digit and one percent', () => {
    expect(differs(40, 40.05, 1)).toBe(false)
    expect(differs(40, 40.2, 1)).toBe(false)
    expect(differs(60, 66, 1)).toBe(true)
    expect(differs(0.5, 0.6, 1)).toBe(false)
  })

  it('are compared with the device value of the same time', () => {
    expect(mismatches(parseSeries(answer()))).toEqual([1])
  })

  it('are not compared with buckets of other rows', () => {
    expect(mismatches(parseSeries(answer({ bucketSeconds: 7200 })))).toEqual([])
  })

  it('are not called different where one side is missing', () => {
    const ours = { t: [3600], value: [12], valid: [true], rule: ['a'] }
    expect(mismatches(parseSeries(answer({ ours })))).toEqual([])
  })
})

describe('marks', () => {
  it('of neighbours with the same letter become one span', () => {
    expect(flagRuns(parseSeries(answer()))).toEqual([
      { flag: 'D', from: 7200, to: 14_400, samples: 2 },
    ])
  })

  it('are broken by a gap and by another letter', () => {
    const series = parseSeries(answer({ flag: ['M', 'C', 'N', 'C'] }))
    expect(flagRuns(series).map((run) => run.flag)).toEqual(['M', 'C', 'C'])
  })
})

describe('a line', () => {
  it('is broken where a value or a sample is missing', () => {
    expect(segments([0, 60, 120, 600, 660], [1, 1, 1, 1, 1], 60)).toEqual([[0, 3], [3, 5]])
    expect(segments([0, 60, 120], [1, NaN, 1], 60)).toEqual([[0, 1], [2, 3]])
  })

  it('knows its usual step in spite of gaps', () => {
    expect(stepSeconds(parseSeries(answer()))).toBe(3600)
    expect(stepSeconds(parseSeries(answer({ bucketSeconds: 900 })))).toBe(900)
  })
})
