import { describe, expect, it } from 'vitest'
import type { ChartColours } from './colours'
import { farLimits } from './axes'
import { axisTime, fromAxisTime } from './axis_time'
import { bandOutline, chartOption } from './option'
import { parseSeries, type Series } from './series'
import { answer } from './series.sample'

const colours = new Proxy({}, { get: (_, name) => (name === 'scale' ? 1 : String(name)) }) as unknown as ChartColours
const span = { from: 0, to: 14_400 }

interface Drawn {
  name: string
  type: string
  data: (number | null)[][]
  lineStyle?: { color: string }
}

function drawn(series: Series, name: string): Drawn {
  const all = chartOption(series, span, colours, '').series as unknown as Drawn[]
  const found = all.find((each) => each.name.startsWith(name))
  if (!found) throw new Error(`${name} is not drawn`)
  return found
}

describe('the axis', () => {
  it('reads Beijing time in every browser, and back', () => {
    expect(new Date(axisTime(0)).toISOString()).toBe('1970-01-01T08:00:00.000Z')
    expect(fromAxisTime(axisTime(1_770_000_000))).toBe(1_770_000_000)
  })
})

describe('the curve', () => {
  it('is empty between two stretches, never a line across the gap', () => {
    const { data } = drawn(parseSeries(answer()), '设备值')
    expect(data.map((point) => point[1])).toEqual([30, null, 60, 40, null])
  })

  it('marks every exceedance with a triangle at its worst value', () => {
    expect(drawn(parseSeries(answer()), '超标').data).toEqual([[axisTime(7200), 60]])
    expect(drawn(parseSeries(answer({ bucketSeconds: 3600 })), '超标').data).toEqual([
      [axisTime(7200), 70], [axisTime(10_800), 55],
    ])
  })

  it('marks where our statistics differ, at our value', () => {
    expect(drawn(parseSeries(answer()), '不一致').data).toEqual([[axisTime(7200), 66]])
  })

  it('draws the band from maxima to minima, closed by the value where one is missing', () => {
    const series = parseSeries(answer({ min: [20, null, null, 30] }))
    const outline = bandOutline(series, 2, 4)
    expect(outline.map((point) => point[1])).toEqual([70, 55, 30, 60])
  })
})

describe('the limit', () => {
  it('is a line over the span it was in force', () => {
    const { data, lineStyle } = drawn(parseSeries(answer()), '上限')
    expect(data).toEqual([[axisTime(0), 50], [axisTime(14_400), 50]])
    expect(lineStyle?.color).toBe('limit')
  })

  it('far above the data is said in words instead of flattening the curve', () => {
    const far = parseSeries(answer({ limits: [{ upper: 5000, lower: null }] }))
    expect(farLimits(far)).toHaveLength(1)
    expect(() => drawn(far, '上限')).toThrow()
    expect(farLimits(parseSeries(answer()))).toEqual([])
  })
})

it('speaks its summary to screen readers', () => {
  const option = chartOption(parseSeries(answer()), span, colours, '一句话')
  expect(option.aria.enabled).toBe(true)
  expect(option.aria.label.description).toBe('一句话')
})
