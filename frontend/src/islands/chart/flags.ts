import { words } from '../../text/words'

/**
 * Device marks (HJ 212-2017, table 8; the 2005 edition adds P): name, and how each is drawn.
 * Pattern and letter carry the meaning; colour only helps. An unknown mark is shown as sent.
 */
export interface FlagLook {
  name: string
  /** an ECharts decal: which strokes fill the strip */
  decal: { symbol: string; rotation: number; dashArrayX: number[] | number; dashArrayY: number[] }
}

const lines = (rotation: number, gap: number): FlagLook['decal'] => ({
  symbol: 'rect',
  rotation,
  dashArrayX: [1, 0],
  dashArrayY: [2, gap],
})
const dots: FlagLook['decal'] = {
  symbol: 'circle', rotation: 0, dashArrayX: [2, 4], dashArrayY: [2, 4],
}

const DECALS: Record<string, FlagLook['decal']> = {
  F: lines(0, 6),
  M: lines(Math.PI / 4, 5),
  S: dots,
  D: lines(-Math.PI / 4, 3),
  C: lines(Math.PI / 2, 5),
  T: lines(-Math.PI / 4, 7),
  B: lines(Math.PI / 4, 2),
  P: lines(0, 3),
}

export function isNormal(flag: string | null | undefined): boolean {
  return flag === undefined || flag === null || flag === '' || flag === 'N'
}

export function flagLook(flag: string, names: Record<string, string>): FlagLook {
  const { marks, unknownMark } = words().chart
  return { name: names[flag] ?? marks[flag] ?? unknownMark, decal: DECALS[flag] ?? dots }
}
