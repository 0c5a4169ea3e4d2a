/** Asks the server for a span of one series, and names the address of the same rows as CSV. */
import { isSignIn, tellSessionIsOver } from '../../page/session_over'
import { isoText } from '../../text/beijing'
import type { Kind } from './kinds'
import { parseSeries, type Series } from './series'
import type { Span } from './axis_time'

export interface SeriesQuery extends Span {
  factor: string
  kind: Kind
}

export function seriesAddress(url: string, query: SeriesQuery, buckets?: number): string {
  const search = new URLSearchParams({
    factor: query.factor,
    kind: query.kind,
    from: isoText(query.from),
    to: isoText(query.to),
  })
  if (buckets !== undefined) search.set('buckets', String(Math.max(50, Math.round(buckets))))
  return `${url}${url.includes('?') ? '&' : '?'}${search.toString()}`
}

export function exportAddress(url: string, query: SeriesQuery): string {
  return `${seriesAddress(url, query)}&format=csv`
}

/** The series; null where the session is over, which the page then says. */
export async function fetchSeries(
  url: string, query: SeriesQuery, buckets: number, signal: AbortSignal,
): Promise<Series | null> {
  const answer = await fetch(seriesAddress(url, query, buckets), {
    headers: { Accept: 'application/json' },
    signal,
  })
  if (isSignIn(answer.url)) {
    tellSessionIsOver()
    return null
  }
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`)
  return parseSeries(await answer.json())
}
