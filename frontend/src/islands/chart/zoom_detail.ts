/**
 * Decides what a zoom needs: the whole span as loaded, the finer rows already here, or finer
 * rows from the server. Pure; the chart acts on the answer.
 */
import type { Span } from './axis_time'

export interface Loaded extends Span {
  bucketSeconds: number
}

export type ZoomNeed = { show: 'base' } | { show: 'detail' } | { fetch: Span }

const MARGIN = 0.25
const WHOLE = 0.95
/** Detail loaded for a window three times as wide is too coarse for the window now shown. */
const TOO_COARSE = 3

export function zoomNeed(window: Span, base: Loaded, detail: Loaded | null): ZoomNeed {
  const width = window.to - window.from
  if (base.bucketSeconds === 0 || width >= WHOLE * (base.to - base.from)) return { show: 'base' }
  if (detail && covers(detail, window, base) && fineEnough(detail, width)) return { show: 'detail' }
  return {
    fetch: {
      from: Math.max(base.from, Math.floor(window.from - MARGIN * width)),
      to: Math.min(base.to, Math.ceil(window.to + MARGIN * width)),
    },
  }
}

function covers(detail: Loaded, window: Span, base: Loaded): boolean {
  return (
    detail.from <= Math.max(base.from, window.from) && detail.to >= Math.min(base.to, window.to)
  )
}

function fineEnough(detail: Loaded, width: number): boolean {
  return detail.bucketSeconds === 0 || detail.to - detail.from <= TOO_COARSE * width
}
