/** What the server's element asks of the chart, read once and typed. */
import { epochSeconds } from '../../text/beijing'
import { isKind, KINDS, type Kind } from './kinds'
import type { Factor } from './series'

export type FactorChoice = Pick<Factor, 'code' | 'name' | 'unit'>

export interface ChartOptions {
  seriesUrl: string
  pointCode: string
  factors: FactorChoice[]
  factor: string
  kinds: Kind[]
  kind: Kind
  from: number | null
  to: number | null
}

export function chartOptions(element: HTMLElement): ChartOptions {
  const data = element.dataset
  if (!data['seriesUrl']) throw new Error('the chart lacks data-series-url')
  const factors = JSON.parse(data['factors'] || '[]') as FactorChoice[]
  const asked = (data['kinds'] ?? KINDS.join(' ')).split(/[\s,]+/).filter(isKind)
  const kinds: Kind[] = asked.length > 0 ? asked : [...KINDS]
  const kind = isKind(data['kind']) ? data['kind'] : (kinds[0] ?? 'hour')
  return {
    seriesUrl: data['seriesUrl'],
    pointCode: element.closest<HTMLElement>('[data-point]')?.dataset['point'] ?? '',
    factors,
    factor: data['factor'] ?? factors[0]?.code ?? '',
    kinds,
    kind,
    from: epochSeconds(data['from'] ?? ''),
    to: epochSeconds(data['to'] ?? ''),
  }
}
