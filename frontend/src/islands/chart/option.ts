/**
 * Turns a series into what ECharts draws. Pure: same series, span and colours, same option.
 *
 * The limit is a line of its own, broken where the limit changed.
 */
import { farLimits, letters, stripAxis, timeAxis, valueAxis, zooms } from './axes'
import { axisTime, type Span } from './axis_time'
import type { ChartColours } from './colours'
import { flagLook } from './flags'
import {
  exceeds, flagRuns, mismatches, segments, stepSeconds, type FlagRun, type Limit, type Series,
} from './series'
import { words } from '../../text/words'

const CROSS = 'path://M2 0L6 4L10 0L12 2L8 6L12 10L10 12L6 8L2 12L0 10L4 6L0 2Z'
const SYMBOLS_UP_TO = 150
type Point = [number, number | null]

export function chartOption(series: Series, span: Span, colours: ChartColours, summary: string) {
  const { scale } = colours
  return {
    useUTC: true,
    animation: false,
    textStyle: { fontFamily: colours.font },
    aria: { enabled: true, label: { description: summary }, decal: { show: true } },
    axisPointer: {
      link: [{ xAxisIndex: 'all' }],
      lineStyle: { color: colours.text, type: 'solid', width: 1 },
      label: { show: false },
    },
    grid: [
      { left: 54 * scale, right: 18, top: 26 * scale, bottom: 34 + 42 * scale },
      { left: 54 * scale, right: 18, height: 13 * scale, bottom: 34 + 18 * scale, show: true,
        borderColor: colours.grid, backgroundColor: 'transparent' },
    ],
    xAxis: [timeAxis(0, span, colours), timeAxis(1, span, colours)],
    yAxis: [valueAxis(series, colours), stripAxis(colours)],
    dataZoom: zooms(colours),
    series: [
      bandSeries(series, colours),
      valueSeries(series, colours),
      ownSeries(series, colours),
      ownInvalidSeries(series, colours),
      ...limitSeries(series, span, colours),
      exceedSeries(series, colours),
      mismatchSeries(series, colours),
      flagSeries(series, colours),
    ],
  }
}

/** The points of a line with an empty one behind each unbroken stretch. */
function linePoints(times: number[], values: number[], stepSeconds: number): Point[] {
  return segments(times, values, stepSeconds).flatMap(([from, to]) => [
    ...range(from, to).map((i): Point => [axisTime(times[i] ?? 0), values[i] ?? null]),
    [axisTime(times[to - 1] ?? 0) + 1, null] as Point,
  ])
}

function valueSeries(series: Series, colours: ChartColours) {
  return {
    name: words().chart.device,
    type: 'line',
    z: 4,
    data: linePoints(series.t, series.value, stepSeconds(series)),
    symbol: 'circle',
    symbolSize: 4,
    showSymbol: series.t.length <= SYMBOLS_UP_TO,
    showAllSymbol: true,
    connectNulls: false,
    lineStyle: { color: colours.value, width: 1.6 },
    itemStyle: { color: colours.value },
    emphasis: { disabled: true },
  }
}

/** One polygon per unbroken stretch, from the minima to the maxima. */
function bandSeries(series: Series, colours: ChartColours) {
  const stretches = segments(series.t, series.value, stepSeconds(series)).filter(([from, to]) =>
    range(from, to).some((i) => !Number.isNaN(series.min[i] ?? NaN)),
  )
  return {
    name: words().chart.range,
    type: 'custom',
    z: 1,
    clip: true,
    silent: true,
    // both extremes of the stretch belong to the axis, or the band would be cut off
    encode: { x: 0, y: [1, 2] },
    data: stretches.map(([from, to]) => bandExtremes(series, from, to)),
    renderItem: (params: { dataIndex: number }, api: CustomApi) => {
      const [from, to] = stretches[params.dataIndex] ?? [0, 0]
      return {
        type: 'polygon',
        shape: { points: bandOutline(series, from, to).map((point) => api.coord(point)) },
        style: { fill: colours.band, stroke: colours.band, lineWidth: 1 },
      }
    },
  }
}

interface CustomApi {
  coord(point: readonly number[]): number[]
  value(dimension: number): number
  size(point: readonly number[]): number[]
}

function bandExtremes(series: Series, from: number, to: number): number[] {
  const levels = bandOutline(series, from, to).map((point) => point[1] ?? NaN)
  return [axisTime(series.t[from] ?? 0), Math.min(...levels), Math.max(...levels)]
}

export function bandOutline(series: Series, from: number, to: number): number[][] {
  const rows = range(from, to)
  const at = (column: number[], i: number): number[] => {
    const value = column[i] ?? NaN
    return [axisTime(series.t[i] ?? 0), Number.isNaN(value) ? (series.value[i] ?? NaN) : value]
  }
  return [
    ...rows.map((i) => at(series.max, i)),
    ...rows.reverse().map((i) => at(series.min, i)),
  ]
}

function ownSeries(series: Series, colours: ChartColours) {
  const { t, value } = series.ours
  return {
    name: words().chart.ours,
    type: 'line',
    z: 3,
    data: linePoints(t, value, stepSeconds(series)),
    symbol: 'circle',
    symbolSize: 6,
    showSymbol: t.length <= SYMBOLS_UP_TO,
    showAllSymbol: true,
    lineStyle: { color: colours.own, width: 1.4, type: [5, 4] },
    itemStyle: { color: colours.surface, borderColor: colours.own, borderWidth: 1.5 },
    emphasis: { disabled: true },
  }
}

function ownInvalidSeries(series: Series, colours: ChartColours) {
  const { t, value, valid } = series.ours
  return hollowMarks(words().chart.oursInvalid, 'rect', 8, colours, t.flatMap((time, i): Point[] =>
    valid[i] === false && finite(value[i]) !== null ? [[axisTime(time), finite(value[i])]] : [],
  ))
}

function limitSeries(series: Series, span: Span, colours: ChartColours) {
  const far = farLimits(series)
  return series.limits
    .filter((limit) => limit.from < span.to && span.from < limit.to && !far.includes(limit))
    .flatMap((limit) => [
      limitLine(limit, limit.upper, words().chart.upper, span, colours),
      limitLine(limit, limit.lower, words().chart.lower, span, colours),
    ])
    .filter((line) => line !== null)
}

function limitLine(limit: Limit, level: number, side: string, span: Span, colours: ChartColours) {
  if (Number.isNaN(level)) return null
  const from = axisTime(Math.max(limit.from, span.from))
  const to = axisTime(Math.min(limit.to, span.to))
  return {
    name: `${side} ${level}`,
    type: 'line',
    z: 7,
    data: [[from, level], [to, level]],
    showSymbol: false,
    silent: true,
    lineStyle: { color: colours.limit, width: 1.6, type: [10, 4, 2, 4] },
    endLabel: {
      show: true, formatter: `${side} ${level}`, color: colours.limit, fontSize: letters(colours),
      align: 'right', verticalAlign: 'bottom', distance: 0, offset: [-2, -2],
      textBorderColor: colours.surface, textBorderWidth: 3,
    },
    emphasis: { disabled: true },
  }
}

function exceedSeries(series: Series, colours: ChartColours) {
  const rows = series.t.map((_, i) => i).filter((i) => exceeds(series, i))
  const size = rows.length > 40 ? 6 : 9
  return marks(words().chart.exceeding, 'triangle', size, colours.exceeding, rows.map((i): Point => [
    axisTime(series.t[i] ?? 0), worst(series, i),
  ]))
}

function worst(series: Series, index: number): number | null {
  const value = finite(series.value[index])
  if (series.bucketSeconds === 0) return value
  return finite(series.max[index]) ?? value
}

function mismatchSeries(series: Series, colours: ChartColours) {
  const { t, value } = series.ours
  const found = mismatches(series)
  return marks(words().chart.differs, CROSS, 9, colours.mismatch, found.map((i): Point => [
    axisTime(t[i] ?? 0), finite(value[i]),
  ]))
}

function marks(name: string, symbol: string, symbolSize: number, color: string, data: Point[]) {
  return {
    name, type: 'scatter', z: 6, symbol, symbolSize, data, silent: true,
    itemStyle: { color, opacity: 1 }, emphasis: { disabled: true },
  }
}

function hollowMarks(
  name: string, symbol: string, size: number, colours: ChartColours, data: Point[],
) {
  return {
    ...marks(name, symbol, size, colours.surface, data),
    itemStyle: { color: colours.surface, borderColor: colours.text, borderWidth: 1.8, opacity: 1 },
  }
}

/** Spans of unusual marks under the curve: pattern by kind, letter where there is room. */
function flagSeries(series: Series, colours: ChartColours) {
  const runs = flagRuns(series)
  return {
    name: words().chart.mark,
    type: 'custom',
    xAxisIndex: 1,
    yAxisIndex: 1,
    clip: true,
    silent: true,
    encode: { x: [0, 1], y: 2 },
    data: runs.map((run) => [axisTime(run.from), axisTime(run.to), 0]),
    renderItem: (params: { dataIndex: number }, api: CustomApi) => {
      const run = runs[params.dataIndex]
      return run ? flagBox(run, api, series.flagNames, colours) : null
    },
  }
}

function flagBox(
  run: FlagRun, api: CustomApi, names: Record<string, string>, colours: ChartColours,
) {
  const left = api.coord([api.value(0), 0])
  const right = api.coord([api.value(1), 0])
  const [x = 0, y = 0] = left
  const width = Math.max(3, (right[0] ?? 0) - x)
  const box = {
    type: 'rect',
    shape: { x, y: y - 6 * colours.scale, width, height: 12 * colours.scale },
    style: {
      fill: colours.flagGround,
      decal: { ...flagLook(run.flag, names).decal, color: colours.flag, symbolSize: 1,
        backgroundColor: 'transparent', maxTileWidth: 256, maxTileHeight: 256 },
    },
  }
  if (width < 16 * colours.scale) return box
  const letter = {
    type: 'text',
    style: { text: run.flag, x: x + width / 2, y, align: 'center', verticalAlign: 'middle',
      fontSize: letters(colours), fontWeight: 700, fill: colours.flag, stroke: colours.flagGround, lineWidth: 3 },
  }
  return { type: 'group', children: [box, letter] }
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, i) => from + i)

const finite = (value: number | undefined): number | null =>
  value === undefined || Number.isNaN(value) ? null : value
