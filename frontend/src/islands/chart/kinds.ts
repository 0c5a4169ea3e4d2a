import { words } from '../../text/words'

/** The kinds of data a chart can show, and the spans that make sense for each. */
export const KINDS = ['realtime', 'minute', 'hour', 'day'] as const
export type Kind = (typeof KINDS)[number]

export function kindName(kind: Kind): string {
  return words().kinds[kind]
}

const HOUR = 3600
const DAY = 24 * HOUR
const YEAR = 365 * DAY

export interface Span {
  name: string
  seconds: number
}

const SPANS: Record<Kind, readonly [number, number, number]> = {
  realtime: [HOUR, 6 * HOUR, DAY],
  minute: [DAY, 3 * DAY, 7 * DAY],
  hour: [7 * DAY, 30 * DAY, 90 * DAY],
  day: [30 * DAY, 90 * DAY, YEAR],
}

export function spansOf(kind: Kind): Span[] {
  return SPANS[kind].map((seconds) => ({ name: spanName(seconds), seconds }))
}

function spanName(seconds: number): string {
  if (seconds <= DAY) return words().hours(seconds / HOUR)
  return seconds < YEAR ? words().days(seconds / DAY) : words().years(seconds / YEAR)
}

/** What is shown first, in seconds: for real-time values six hours, else the shortest span. */
export function firstSpan(kind: Kind): number {
  return kind === 'realtime' ? SPANS.realtime[1] : SPANS[kind][0]
}

export function isKind(text: string | undefined): text is Kind {
  return (KINDS as readonly string[]).includes(text ?? '')
}
