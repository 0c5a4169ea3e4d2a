import { describe, expect, it } from 'vitest'
import { parsePoints, Points, type PointColumns } from './points'

const answer = () => ({
  asOf: '2026-03-01T08:00:00+08:00',
  total: 2,
  counts: { normal: 1, offline: 1 },
  columns: {
    code: ['A', 'B'],
    name: ['甲', '乙'],
    kind: ['污水', '废气'],
    town: ['石岐', '小榄'],
    lon: [113.3, 113.4],
    lat: [22.5, 22.6],
    state: ['normal', 'offline'],
    lastSeen: [1, null],
    headline: ['COD 30', ''],
  },
})

describe('an answer with points', () => {
  it('is taken as it is when whole', () => {
    expect(parsePoints(answer()).columns.code).toEqual(['A', 'B'])
  })

  it('is refused with the column that is short', () => {
    const broken = answer()
    broken.columns.lat = [22.5]
    expect(() => parsePoints(broken)).toThrow('column lat of the points has 1 items, not 2')
  })

  it('is refused when a state is none of the four', () => {
    const broken = answer()
    broken.columns.state = ['normal', 'sleeping']
    expect(() => parsePoints(broken)).toThrow('sleeping')
  })

  it('is refused when it is no answer at all', () => {
    expect(() => parsePoints(null)).toThrow('columns.code')
    expect(() => parsePoints({ columns: {} })).toThrow('columns.code')
  })
})

describe('the points of the page', () => {
  it('take over every column of a changed point and leave the others', () => {
    const points = new Points(parsePoints(answer()).columns)
    const changed = parsePoints(answer()).columns
    const rows = points.apply({
      ...onlyFirst(changed),
      state: ['exceeding'],
      headline: ['COD 90'],
    })
    expect(rows).toEqual([0])
    expect(points.columns.state).toEqual(['exceeding', 'offline'])
    expect(points.columns.headline).toEqual(['COD 90', ''])
  })

  it('ignore a change of a point outside the present filter', () => {
    const points = new Points(parsePoints(answer()).columns)
    const changed = { ...onlyFirst(parsePoints(answer()).columns), code: ['Z'] }
    expect(points.apply(changed)).toEqual([])
    expect(points.length).toBe(2)
  })
})

function onlyFirst(columns: PointColumns): PointColumns {
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, column.slice(0, 1)]),
  ) as unknown as PointColumns
}
