import { letterScale } from '../../text/letters'

/** The chart's colours, from the style sheet's custom properties. */
export interface ChartColours {
  value: string
  band: string
  own: string
  limit: string
  exceeding: string
  mismatch: string
  flag: string
  flagGround: string
  text: string
  grid: string
  surface: string
  font: string
  /** of letters, over those of an office PC */
  scale: number
}

export function chartColours(element: Element): ChartColours {
  const style = getComputedStyle(element)
  const of = (name: string): string => style.getPropertyValue(`--zh-${name}`).trim() || '#888'
  return {
    value: of('chart-value'),
    band: of('chart-band'),
    own: of('chart-own'),
    limit: of('chart-limit'),
    exceeding: of('mark-exceeding'),
    mismatch: of('chart-mismatch'),
    flag: of('chart-flag'),
    flagGround: of('chart-flag-ground'),
    text: of('text-muted'),
    grid: of('chart-grid'),
    surface: of('surface'),
    font: style.fontFamily || 'sans-serif',
    scale: letterScale(),
  }
}
