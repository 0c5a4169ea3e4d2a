/**
 * One series as the server sends it, checked once, and what can be said about its samples:
 * above the limit of their day, marked by the device, different from our own statistics.
 *
 * Times are epoch seconds (UTC); `NaN` is a missing value. Judging here is for drawing only:
 * legal judgement is the server's.
 */
import { epochSeconds } from '../../text/beijing'
import { isNormal } from './flags'

export interface Factor {
  code: string
  name: string
  unit: string
  decimals: number
}

export interface Limit {
  from: number
  to: number
  upper: number
  lower: number
  basis: string
}

export interface OwnStatistics {
  t: number[]
  value: number[]
  valid: boolean[]
  rule: string[]
}

export interface Series {
  factor: Factor
  t: number[]
  value: number[]
  min: number[]
  max: number[]
  flag: string[]
  limits: Limit[]
  ours: OwnStatistics
  flagNames: Record<string, string>
  bucketSeconds: number
  /** values are converted (折算) to the reference state: what a flue-gas limit judges */
  converted: boolean
  timeMeaning: 'start' | 'instant'
}

type Json = Record<string, unknown>

export function parseSeries(json: unknown): Series {
  const answer = (json ?? {}) as Json
  const t = answer['t'] as number[] | undefined
  if (!Array.isArray(t)) throw new Error('the series lacks the column t')
  const numbers = (name: string): number[] => numberColumn(answer[name], t.length, name)
  return {
    factor: parseFactor(answer['factor']),
    t,
    value: numbers('value'),
    min: numbers('min'),
    max: numbers('max'),
    flag: column(answer['flag'], t.length, 'flag', (flag) => String(flag ?? '')),
    limits: ((answer['limits'] as Json[] | undefined) ?? []).map(parseLimit),
    ours: parseOurs((answer['ours'] as Json | undefined) ?? {}),
    flagNames: (answer['flags'] as Record<string, string> | undefined) ?? {},
    bucketSeconds: Number(answer['bucketSeconds'] ?? 0),
    converted: answer['converted'] === true,
    timeMeaning: answer['timeMeaning'] === 'instant' ? 'instant' : 'start',
  }
}

function parseFactor(json: unknown): Factor {
  const factor = (json ?? {}) as Partial<Factor>
  return {
    code: factor.code ?? '',
    name: factor.name ?? factor.code ?? '',
    unit: factor.unit ?? '',
    decimals: factor.decimals ?? 2,
  }
}

function parseLimit(json: Json): Limit {
  const basis = [json['basis'], json['clause']].filter(Boolean).join(' ')
  return {
    from: instant(json['from']) ?? -Infinity,
    to: instant(json['to']) ?? Infinity,
    upper: toNumber(json['upper']),
    lower: toNumber(json['lower']),
    basis,
  }
}

function parseOurs(json: Json): OwnStatistics {
  const t = (json['t'] as number[] | undefined) ?? []
  return {
    t,
    value: numberColumn(json['value'], t.length, 'ours.value'),
    valid: column(json['valid'], t.length, 'ours.valid', (valid) => valid !== false),
    rule: column(json['rule'], t.length, 'ours.rule', (rule) => String(rule ?? '')),
  }
}

function column<T>(json: unknown, length: number, name: string, of: (each: unknown) => T): T[] {
  const values = (json as unknown[] | undefined) ?? new Array<unknown>(length).fill(null)
  if (values.length !== length) {
    throw new Error(`column ${name} of the series has ${values.length} items, not ${length}`)
  }
  return values.map(of)
}

function numberColumn(json: unknown, length: number, name: string): number[] {
  return column(json, length, name, toNumber)
}

function toNumber(value: unknown): number {
  return typeof value === 'number' ? value : NaN
}

function instant(value: unknown): number | null {
  if (typeof value === 'number') return value
  return typeof value === 'string' ? epochSeconds(value) : null
}

export function limitAt(series: Series, time: number): Limit | undefined {
  return series.limits.find((limit) => limit.from <= time && time < limit.to)
}

/** What values of that time are told apart from: the bounds in force, NaN for none. */
export function boundsAt(series: Series, time: number): number[] {
  const limit = limitAt(series, time)
  return limit ? [limit.upper, limit.lower] : []
}

/** A bucket exceeds when its extreme does: an exceedance cannot hide in a mean. */
export function exceeds(series: Series, index: number): boolean {
  const limit = limitAt(series, series.t[index] ?? NaN)
  if (!limit) return false
  const bucketed = series.bucketSeconds > 0
  const value = series.value[index] ?? NaN
  const high = bucketed ? orElse(series.max[index], value) : value
  const low = bucketed ? orElse(series.min[index], value) : value
  return high > limit.upper || low < limit.lower
}

function orElse(value: number | undefined, other: number): number {
  return value === undefined || Number.isNaN(value) ? other : value
}

/** More than one unit of the last printed digit and more than 1 % apart. */
export function differs(device: number, own: number, decimals: number): boolean {
  const apart = Math.abs(device - own)
  return apart > 1.0001 * 10 ** -decimals && apart > 0.01 * Math.abs(own)
}

/** Rows of our statistics whose device value is there but different, by index in `ours`. */
export function mismatches(series: Series): number[] {
  if (series.bucketSeconds > 0) return []
  const device = new Map(series.t.map((time, index) => [time, series.value[index] ?? NaN]))
  const { t, value } = series.ours
  return t.flatMap((time, index) => {
    const theirs = device.get(time)
    const own = value[index] ?? NaN
    return theirs !== undefined && differs(theirs, own, series.factor.decimals) ? [index] : []
  })
}

export interface FlagRun {
  flag: string
  from: number
  to: number
  samples: number
}

/** The usual distance of two samples: what a break in the line is measured by. */
export function stepSeconds(series: Series): number {
  if (series.bucketSeconds > 0) return series.bucketSeconds
  const gaps = series.t.slice(1).map((time, index) => time - (series.t[index] ?? 0))
  gaps.sort((a, b) => a - b)
  return gaps[Math.floor(gaps.length / 2)] ?? 60
}

/** Neighbouring samples with the same unusual mark, as spans of time. */
export function flagRuns(series: Series): FlagRun[] {
  const step = stepSeconds(series)
  const runs: FlagRun[] = []
  series.t.forEach((time, index) => {
    const flag = series.flag[index]
    if (isNormal(flag)) return
    const last = runs[runs.length - 1]
    if (last && last.flag === flag && time - last.to < step * 0.5) {
      last.to = time + step
      last.samples += 1
    } else runs.push({ flag: flag ?? '', from: time, to: time + step, samples: 1 })
  })
  return runs
}

/** Index ranges [from, to) without a hole in time or value: a line is never drawn over a gap. */
export function segments(
  times: readonly number[], values: readonly number[], step: number,
): [number, number][] {
  const found: [number, number][] = []
  times.forEach((time, index) => {
    if (Number.isNaN(values[index] ?? NaN)) return
    const last = found[found.length - 1]
    const before = times[index - 1] ?? -Infinity
    if (last && last[1] === index && time - before <= 1.8 * step) last[1] = index + 1
    else found.push([index, index + 1])
  })
  return found
}
