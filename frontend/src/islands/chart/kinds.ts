/** The kinds of data a chart can show, and the spans that make sense for each. */
export const KINDS = ['realtime', 'minute', 'hour', 'day'] as const
export type Kind = (typeof KINDS)[number]

export const KIND_NAMES: Record<Kind, string> = {
  realtime: '实时',
  minute: '分钟',
  hour: '小时',
  day: '日',
}

const HOUR = 3600
const DAY = 24 * HOUR

export interface Span {
  name: string
  seconds: number
}

const SPANS: Record<Kind, readonly [Span, Span, Span]> = {
  realtime: [
    { name: '1 小时', seconds: HOUR },
    { name: '6 小时', seconds: 6 * HOUR },
    { name: '24 小时', seconds: DAY },
  ],
  minute: [
    { name: '24 小时', seconds: DAY },
    { name: '3 天', seconds: 3 * DAY },
    { name: '7 天', seconds: 7 * DAY },
  ],
  hour: [
    { name: '7 天', seconds: 7 * DAY },
    { name: '30 天', seconds: 30 * DAY },
    { name: '90 天', seconds: 90 * DAY },
  ],
  day: [
    { name: '30 天', seconds: 30 * DAY },
    { name: '90 天', seconds: 90 * DAY },
    { name: '1 年', seconds: 365 * DAY },
  ],
}

export function spansOf(kind: Kind): readonly [Span, Span, Span] {
  return SPANS[kind]
}

/** What is shown first: for real-time values six hours, else the shortest span. */
export function firstSpan(kind: Kind): Span {
  return kind === 'realtime' ? SPANS.realtime[1] : SPANS[kind][0]
}

export function isKind(text: string | undefined): text is Kind {
  return (KINDS as readonly string[]).includes(text ?? '')
}
