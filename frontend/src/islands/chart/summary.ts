/** What the chart shows, in one sentence: for screen readers, and for readers in a hurry. */
import { minuteText } from '../../text/beijing'
import { countText, valueBeside } from '../../text/number'
import { isNormal } from './flags'
import { exceeds, mismatches, type Series } from './series'
import { words } from '../../text/words'

export interface Findings {
  samples: number
  missing: number
  exceeding: number
  flagged: number
  differing: number
}

export function findings(series: Series): Findings {
  const rows = series.t.map((_, index) => index)
  return {
    samples: rows.length,
    missing: series.value.filter(Number.isNaN).length,
    exceeding: rows.filter((row) => exceeds(series, row)).length,
    flagged: series.flag.filter((flag) => !isNormal(flag)).length,
    differing: mismatches(series).length,
  }
}

export function summaryText(series: Series, kindName: string): string {
  const { factor } = series
  const said = words().chart
  if (series.t.length === 0) return said.noKind(factor.name, kindName)
  const found = findings(series)
  const unit = series.bucketSeconds > 0 ? said.bucketUnit : said.rowUnit
  return [
    said.samples(factor.name, kindName, countText(found.samples), unit),
    said.fromTo(minuteText(series.t[0] ?? 0), minuteText(series.t[series.t.length - 1] ?? 0)),
    extremesText(series),
    said.counted(said.exceeding, found.exceeding, unit),
    said.counted(said.marked, found.flagged, unit),
    said.counted(said.differsFromOurs, found.differing, said.rowUnit),
  ].join(words().comma) + words().stop
}

function extremesText(series: Series): string {
  const { factor } = series
  const low = least([...series.min, ...series.value])
  const high = -least([...series.max, ...series.value].map((value) => -value))
  const bounds = series.limits.flatMap((limit) => [limit.upper, limit.lower])
  const told = (value: number): string => valueBeside(value, bounds, factor.decimals)
  const range = words().chart.between(told(low), told(high))
  return `${range} ${factor.unit}`.trim()
}

function least(values: number[]): number {
  return values.reduce((low, value) => (value < low || Number.isNaN(low) ? value : low), NaN)
}
