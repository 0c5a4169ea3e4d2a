/** The line above the curve that reads out the sample under the cursor. */
import { minuteText, secondText } from '../../text/beijing'
import { valueBeside } from '../../text/number'
import { flagLook, isNormal } from './flags'
import { boundsAt, exceeds, limitAt, type Series } from './series'
import { words } from '../../text/words'

/** Index of the sample nearest to a time (the list is sorted), or -1 when there is none. */
export function nearestIndex(times: readonly number[], time: number): number {
  let low = 0
  let high = times.length - 1
  if (high < 0) return -1
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((times[middle] ?? 0) <= time) low = middle
    else high = middle
  }
  return time - (times[low] ?? 0) <= (times[high] ?? 0) - time ? low : high
}

export function readoutText(series: Series, index: number): string {
  const time = series.t[index]
  if (time === undefined) return words().chart.nothing
  const { unit } = series.factor
  const parts = [
    series.timeMeaning === 'instant' ? secondText(time) : minuteText(time),
    `${words().chart.device} ${told(series, time, series.value[index])} ${unit}`.trim(),
    ...rangeText(series, index, time),
    ...ownText(series, time),
    ...judgementText(series, index, time),
  ]
  return parts.join(words().gap)
}

/** A value of that time, told apart from the limit it stands beside. */
function told(series: Series, time: number, value: number | undefined): string {
  return valueBeside(value, boundsAt(series, time), series.factor.decimals)
}

function rangeText(series: Series, index: number, time: number): string[] {
  const low = series.min[index] ?? NaN
  const high = series.max[index] ?? NaN
  if (Number.isNaN(low) || Number.isNaN(high)) return []
  const { minimum, maximum } = words().chart
  return [`${minimum} ${told(series, time, low)}`, `${maximum} ${told(series, time, high)}`]
}

function ownText(series: Series, time: number): string[] {
  const { t, value, valid } = series.ours
  const own = nearestIndex(t, time)
  if (own < 0 || t[own] !== time) return []
  const text = `${words().chart.ours} ${told(series, time, value[own])}`
  return [valid[own] === false ? text + words().inBrackets(words().chart.invalid) : text]
}

function judgementText(series: Series, index: number, time: number): string[] {
  const said: string[] = []
  const { limit: limitWord, exceeding, mark } = words().chart
  const limit = limitAt(series, time)
  if (limit && !Number.isNaN(limit.upper)) said.push(`${limitWord} ${limit.upper}`)
  if (exceeds(series, index)) said.push(`▲ ${exceeding}`)
  const flag = series.flag[index] ?? ''
  if (!isNormal(flag)) said.push(`${mark} ${flag} ${flagLook(flag, series.flagNames).name}`)
  return said
}
