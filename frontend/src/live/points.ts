/**
 * The points of the page in columns, as `/live/points.json` and the stream send them.
 * Checks what arrives once, here; everything behind may trust it. Refuses a column of another
 * length than `code` (a half-sent answer) with an error that names the column.
 */
import { isState, type PointState } from './states'

export interface PointColumns {
  code: string[]
  name: string[]
  kind: string[]
  town: string[]
  lon: number[]
  lat: number[]
  state: PointState[]
  lastSeen: (number | null)[]
  headline: string[]
}

export type StateCounts = Partial<Record<PointState | 'total', number>>

export interface PointsAnswer {
  asOf: string
  total: number
  counts: StateCounts
  columns: PointColumns
}

const COLUMN_NAMES = [
  'code', 'name', 'kind', 'town', 'lon', 'lat', 'state', 'lastSeen', 'headline',
] as const

export function parsePoints(json: unknown): PointsAnswer {
  const answer = json as Partial<PointsAnswer> | null
  const columns = answer?.columns
  if (!columns || !Array.isArray(columns.code)) throw new Error('the points lack the column columns.code')
  for (const name of COLUMN_NAMES) {
    const length = (columns[name] as unknown[] | undefined)?.length
    if (length !== columns.code.length) {
      throw new Error(`column ${name} of the points has ${length ?? 0} items, not ${columns.code.length}`)
    }
  }
  const strange = columns.state.find((state) => !isState(state))
  if (strange !== undefined) throw new Error(`the points have an unknown state “${strange}”`)
  return {
    asOf: answer.asOf ?? '',
    total: answer.total ?? columns.code.length,
    counts: answer.counts ?? {},
    columns,
  }
}

/** The points shown now; a change of one point overwrites its row in place. */
export class Points {
  private readonly rowOf = new Map<string, number>()

  constructor(readonly columns: PointColumns) {
    columns.code.forEach((code, row) => this.rowOf.set(code, row))
  }

  get length(): number {
    return this.columns.code.length
  }

  row(code: string): number | undefined {
    return this.rowOf.get(code)
  }

  /** Takes over what the stream sent; returns the rows that changed. Unknown codes are outside
   * the present filter and stay outside: the next load of the list decides. */
  apply(changed: PointColumns): number[] {
    const rows: number[] = []
    changed.code.forEach((code, from) => {
      const to = this.rowOf.get(code)
      if (to === undefined) return
      for (const name of COLUMN_NAMES) {
        const target = this.columns[name] as unknown[]
        target[to] = (changed[name] as unknown[])[from]
      }
      rows.push(to)
    })
    return rows
  }
}
