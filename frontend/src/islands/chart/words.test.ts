import { describe, expect, it } from 'vitest'
import { dataTable, tableRows } from './data_table'
import { chartKey } from './key'
import { nearestIndex, readoutText } from './readout'
import { parseSeries } from './series'
import { answer } from './series.sample'
import { findings, summaryText } from './summary'

const series = parseSeries(answer())

describe('the readout', () => {
  it('finds the nearest sample', () => {
    expect(nearestIndex([0, 10, 20], 14)).toBe(1)
    expect(nearestIndex([0, 10, 20], 16)).toBe(2)
    expect(nearestIndex([0, 10, 20], -99)).toBe(0)
    expect(nearestIndex([], 5)).toBe(-1)
  })

  it('names time, both values, limit, exceedance and mark', () => {
    const text = readoutText(series, 2)
    for (const part of ['1970-01-01 10:00', '设备值 60.0 mg/L', '平台统计 66.0', '限值 50', '超标', 'D 故障']) {
      expect(text).toContain(part)
    }
  })

  it('never tells what exceeds as if it kept to its limit', () => {
    const limits = [{ from: null, to: null, upper: 0.5, lower: null, basis: 'GB', clause: '' }]
    const factor = { code: 'a', name: 'b', unit: 'mg/m³', decimals: 2 }
    const near = parseSeries(answer({
      factor, limits, value: [0.502, 0.3, 0.3, 0.3], min: [0.3, 0.3, 0.3, 0.3], max: [0.502, 0.3, 0.3, 0.3],
      ours: { t: [0], value: [0.501], valid: [true], rule: ['a'] },
    }))
    for (const part of ['设备值 0.502 mg/m³', '最小 0.30', '最大 0.502', '平台统计 0.501', '限值 0.5']) {
      expect(readoutText(near, 0)).toContain(part)
    }
    expect(summaryText(near, '小时')).toContain('0.30～0.502 mg/m³')
    const cells = Array.from(dataTable(near, '小时').querySelectorAll('tbody tr:last-child td'))
    expect(cells.map((cell) => cell.textContent)).toContain('0.502')
  })

  it('says that our statistic is invalid', () => {
    expect(readoutText(series, 3)).toContain('平台统计 40.0（无效）')
  })
})

describe('the summary', () => {
  it('counts what the curve shows', () => {
    expect(findings(series)).toEqual({ samples: 4, missing: 1, exceeding: 1, flagged: 2, differing: 1 })
  })

  it('says the extremes of the span, not only the means', () => {
    expect(summaryText(series, '小时')).toContain('20.0～70.0 mg/L')
  })

  it('says plainly that there is nothing', () => {
    const empty = parseSeries(answer({ t: [], value: [], min: [], max: [], flag: [] }))
    expect(summaryText(empty, '小时')).toContain('没有小时数据')
  })
})

describe('the table', () => {
  it('holds every time of either side, newest first', () => {
    const ours = { t: [0, 99_999], value: [1, 2], valid: [true, true], rule: ['a', 'a'] }
    const times = tableRows(parseSeries(answer({ ours }))).map((row) => row.time)
    expect(times).toEqual([99_999, 10_800, 7200, 3600, 0])
  })

  it('judges each row in words', () => {
    const rows = Array.from(dataTable(series, '小时').querySelectorAll('tbody tr')).map((row) =>
      Array.from(row.querySelectorAll('td')).map((cell) => cell.textContent),
    )
    expect(rows[1]).toEqual(['1970-01-01 10:00', '60.0', '50.0', '70.0', 'D 故障', '66.0', '超标、不一致'])
    expect(rows[2]).toEqual(['1970-01-01 09:00', '—', '—', '—', '', '—', ''])
    expect(rows[0]?.[5]).toBe('40.0 无效')
  })

  it('has a caption that says what its times mean', () => {
    expect(dataTable(series, '小时').caption?.textContent).toContain('时间为时段起点')
  })
})

it('the key names only what occurs, the limit with its basis', () => {
  const text = chartKey(series).textContent ?? ''
  expect(text).toContain('限值 ≤ 50 mg/L')
  expect(text).toContain('GB 18918-2002 表1')
  expect(text).toContain('D 故障 2')
  const plain = parseSeries(answer({ flag: ['N', 'N', 'N', 'N'], limits: [], ours: {} }))
  expect(chartKey(plain).textContent).toBe('设备值最小—最大')
})
