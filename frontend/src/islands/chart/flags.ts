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

const LOOKS: Record<string, FlagLook> = {
  F: { name: '停运', decal: lines(0, 6) },
  M: { name: '维护', decal: lines(Math.PI / 4, 5) },
  S: { name: '手工设定', decal: dots },
  D: { name: '故障', decal: lines(-Math.PI / 4, 3) },
  C: { name: '校准', decal: lines(Math.PI / 2, 5) },
  T: { name: '超测量上限', decal: lines(-Math.PI / 4, 7) },
  B: { name: '通讯异常', decal: lines(Math.PI / 4, 2) },
  P: { name: '掉电', decal: lines(0, 3) },
}

export function isNormal(flag: string | null | undefined): boolean {
  return flag === undefined || flag === null || flag === '' || flag === 'N'
}

export function flagLook(flag: string, names: Record<string, string>): FlagLook {
  const known = LOOKS[flag]
  return {
    name: names[flag] ?? known?.name ?? '未知标记',
    decal: known?.decal ?? dots,
  }
}
