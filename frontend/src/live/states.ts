/** The four states of a point: their order of urgency, names, colours and shapes. */
export const STATES = ['normal', 'exceeding', 'abnormal', 'offline'] as const
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
