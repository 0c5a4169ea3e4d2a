/** The four states of a point: what must be looked at first stands first; their names. */
export const STATES = ['exceeding', 'abnormal', 'offline', 'normal'] as const
export type PointState = (typeof STATES)[number]

export const STATE_NAMES: Record<PointState, string> = {
  normal: '正常',
  exceeding: '超标',
  abnormal: '异常',
  offline: '离线',
}

/** Drawn first to last: what matters most lies on top. */
export const DRAWING_ORDER: readonly PointState[] = ['offline', 'normal', 'abnormal', 'exceeding']

export function isState(text: string | undefined): text is PointState {
  return (STATES as readonly string[]).includes(text ?? '')
}
