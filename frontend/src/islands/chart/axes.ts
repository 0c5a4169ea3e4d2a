/**
 * The two grids of the chart, values above and marks below, and how one zooms into them.
 * The value axis holds the data; a limit far above it is named in the key instead.
 */
import { axisTime, type Span } from './axis_time'
import type { ChartColours } from './colours'
import type { Limit, Series } from './series'
import { words } from '../../text/words'

/** A limit farther away than this many data maxima would flatten the curve: say it instead. */
const LIMIT_FAR = 4

/** A letter on an office PC; in elder mode it is 18 px, the least that mode allows. */
const LETTER_PX = 12

export function letters(colours: ChartColours): number {
  return Math.round(LETTER_PX * colours.scale)
}

export function timeAxis(gridIndex: number, span: Span, colours: ChartColours) {
  const strip = gridIndex === 1
  return {
    type: 'time',
    gridIndex,
    min: axisTime(span.from),
    max: axisTime(span.to),
    axisLine: { show: !strip, lineStyle: { color: colours.grid } },
    axisTick: { show: !strip, lineStyle: { color: colours.grid } },
    splitLine: { show: false },
    axisLabel: {
      show: strip,
      margin: 6 * colours.scale,
      color: colours.text,
      fontSize: letters(colours),
      hideOverlap: true,
      formatter: {
        year: words().chart.year, month: words().chart.month,
        day: '{M}-{d}', hour: '{HH}:{mm}', minute: '{HH}:{mm}',
        second: '{HH}:{mm}:{ss}', millisecond: '{HH}:{mm}:{ss}', none: '{M}-{d} {HH}:{mm}',
      },
    },
    axisPointer: { show: true, triggerTooltip: false, snap: false },
  }
}

export function valueAxis(series: Series, colours: ChartColours) {
  const far = farLimits(series)
  return {
    type: 'value',
    gridIndex: 0,
    name: series.factor.unit || words().chart.noUnit,
    nameGap: 8 * colours.scale,
    nameTextStyle: { color: colours.text, fontSize: letters(colours), align: 'right', padding: [0, 8, 0, 0] },
    scale: true,
    axisLabel: { color: colours.text, fontSize: letters(colours) },
    splitLine: { lineStyle: { color: colours.grid } },
    ...(far.length > 0 ? { max: niceCeiling(dataMaximum(series) * 1.15) } : {}),
  }
}

export function stripAxis(colours: ChartColours) {
  return {
    type: 'category',
    gridIndex: 1,
    data: [words().chart.mark],
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { color: colours.text, fontSize: letters(colours) },
  }
}

export function zooms(colours: ChartColours) {
  const both = { xAxisIndex: [0, 1], filterMode: 'none', minValueSpan: 10 * 60 * 1000 }
  return [
    { type: 'inside', ...both, zoomOnMouseWheel: 'ctrl', moveOnMouseWheel: false,
      preventDefaultMouseMove: false },
    { type: 'slider', ...both, height: 18, bottom: 6, showDataShadow: false, showDetail: false,
      brushSelect: false, borderColor: colours.grid, fillerColor: colours.band,
      handleStyle: { color: colours.surface, borderColor: colours.text },
      moveHandleSize: 0 },
  ]
}

export function farLimits(series: Series): Limit[] {
  const highest = dataMaximum(series)
  if (!(highest > 0)) return []
  return series.limits.filter((limit) => limit.upper > LIMIT_FAR * highest)
}

function dataMaximum(series: Series): number {
  return [...series.value, ...series.max, ...series.ours.value].reduce(
    (high, value) => (value > high ? value : high), -Infinity,
  )
}

function niceCeiling(value: number): number {
  const unit = 10 ** Math.floor(Math.log10(value))
  return Math.ceil((value / unit) * 5) / 5 * unit
}
