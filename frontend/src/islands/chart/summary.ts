/** What the chart shows, in one sentence: for screen readers, and for readers in a hurry. */
import { minuteText } from '../../text/beijing'
import { countText, valueText } from '../../text/number'
import { isNormal } from './flags'
import { exceeds, mismatches, type Series } from './series'

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
  if (series.t.length === 0) return `${factor.name}：所选时段没有${kindName}数据。`
  const found = findings(series)
  const unit = series.bucketSeconds > 0 ? '段' : '条'
  return [
    `${factor.name} ${kindName}数据 ${countText(found.samples)} ${unit}`,
    `${minuteText(series.t[0] ?? 0)} 至 ${minuteText(series.t[series.t.length - 1] ?? 0)}`,
    extremesText(series),
    `超标 ${found.exceeding} ${unit}`,
    `带标记 ${found.flagged} ${unit}`,
    `与平台统计不一致 ${found.differing} 条`,
  ].join('，') + '。'
}

function extremesText(series: Series): string {
  const { factor } = series
  const low = least([...series.min, ...series.value])
  const high = -least([...series.max, ...series.value].map((value) => -value))
  return `${valueText(low, factor.decimals)}～${valueText(high, factor.decimals)} ${factor.unit}`.trim()
}

function least(values: number[]): number {
  return values.reduce((low, value) => (value < low || Number.isNaN(low) ? value : low), NaN)
}
