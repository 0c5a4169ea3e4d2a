/** What the parts of the live page tell each other, through the document. */
import type { PointsAnswer } from './points'

export type ConnectionState = 'connecting' | 'live' | 'lost' | 'trouble'

export interface LiveEvents {
  /** changed points arrived from the stream */
  'zhihuan:points': PointsAnswer
  /** the stream opened, broke, or only said it is alive; `at` in epoch seconds */
  'zhihuan:connection': { state: ConnectionState; at: number }
  /** the server looked again at this time (ISO) and nothing had changed */
  'zhihuan:as-of': string
  /** the stream is back, but changes in between were missed: load anew */
  'zhihuan:missed': null
  /** a point was chosen on the map, in the list or by the address; null = none */
  'zhihuan:select': { code: string | null; by: 'map' | 'list' | 'drawer' }
  /** the drawer opened or closed (it may cover a part of the map) */
  'zhihuan:drawer': { open: boolean }
  /** a request was answered with the page of signing in: the session is over */
  'zhihuan:session-over': null
  /** a point is being looked at (hover, focus) */
  'zhihuan:point-at': { code: string | null; by: 'map' | 'list' }
}

export function tell<K extends keyof LiveEvents>(name: K, detail: LiveEvents[K]): void {
  document.dispatchEvent(new CustomEvent(name, { detail }))
}

export function hear<K extends keyof LiveEvents>(
  name: K,
  listener: (detail: LiveEvents[K]) => void,
  signal?: AbortSignal,
): void {
  document.addEventListener(
    name,
    (event) => listener((event as CustomEvent<LiveEvents[K]>).detail),
    signal ? { signal } : {},
  )
}
