/** The map's colours, taken from the style sheet so that dark and elder mode need no code. */
import { letterScale } from '../../text/letters'
import type { PointState } from '../../live/states'

export interface Palette {
  land: string
  water: string
  coast: string
  outline: string
  townLine: string
  townText: string
  halo: string
  select: string
  state: Record<PointState, string>
  font: string
  /** of letters and symbols, over those of an office PC */
  scale: number
}

export function palette(element: Element): Palette {
  const style = getComputedStyle(element)
  const of = (name: string): string => style.getPropertyValue(`--zh-${name}`).trim() || '#888'
  return {
    land: of('map-land'),
    water: of('map-water'),
    coast: of('map-coast'),
    outline: of('map-outline'),
    townLine: of('map-town-line'),
    townText: of('map-town-text'),
    halo: of('map-halo'),
    select: of('map-select'),
    state: {
      normal: of('mark-normal'),
      exceeding: of('mark-exceeding'),
      abnormal: of('mark-abnormal'),
      offline: of('mark-offline'),
    },
    font: style.fontFamily || 'sans-serif',
    scale: letterScale(),
  }
}
