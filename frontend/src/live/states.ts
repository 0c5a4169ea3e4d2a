/** The four states of a point: what must be looked at first stands first; their names. */
import { words } from '../text/words'
export const STATES = ['exceeding', 'abnormal', 'offline', 'normal'] as const
export type PointState = (typeof STATES)[number]

export function stateName(state: PointState): string {
  return words().states[state]
}

/** Drawn first to last: what matters most lies on top. */
export const DRAWING_ORDER: readonly PointState[] = ['offline', 'normal', 'abnormal', 'exceeding']

export function isState(text: string | undefined): text is PointState {
  return (STATES as readonly string[]).includes(text ?? '')
}
