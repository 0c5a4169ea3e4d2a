/** The rows behind the curve as a table, newest first: the chart's equal, not its appendix. */
import { minuteText, secondText } from '../../text/beijing'
import { countText, valueBeside } from '../../text/number'
import { flagLook, isNormal } from './flags'
import { boundsAt, differs, exceeds, type Series } from './series'
import { words } from '../../text/words'

const ROWS_SHOWN = 500

interface Row {
  time: number
  index: number | null
  own: number | null
}

/** Device rows and our rows of the same time side by side; a time only one side has stays. */
export function tableRows(series: Series): Row[] {
  const rows = new Map<number, Row>()
  series.t.forEach((time, index) => rows.set(time, { time, index, own: null }))
  series.ours.t.forEach((time, own) => {
    const row = rows.get(time)
    if (row) row.own = own
    else rows.set(time, { time, index: null, own })
  })
  return [...rows.values()].sort((a, b) => b.time - a.time)
}

export function dataTable(series: Series, kindName: string): HTMLTableElement {
  const rows = tableRows(series)
  const table = document.createElement('table')
  table.className = 'table table-sm chart-table'
  const caption = table.createCaption()
  caption.textContent = captionText(series, kindName, rows.length)
  head(table, series)
  const body = table.createTBody()
  for (const row of rows.slice(0, ROWS_SHOWN)) fill(body.insertRow(), series, row)
  return table
}

function captionText(series: Series, kindName: string, count: number): string {
  const said = words().chart
  return [
    said.rows(series.factor.name, kindName, countText(count)),
    series.timeMeaning === 'start' ? said.timeIsStart : said.timeIsInstant,
    series.bucketSeconds > 0 ? said.everyMinutes(series.bucketSeconds / 60) : '',
    count > ROWS_SHOWN ? said.cutTo(ROWS_SHOWN) : '',
  ].filter(Boolean).join(words().comma)
}

function head(table: HTMLTableElement, series: Series): void {
  const unit = series.factor.unit ? words().inBrackets(series.factor.unit) : ''
  const row = table.createTHead().insertRow()
  const said = words().chart
  const titles = [
    said.time, said.device + unit, said.minimum, said.maximum, said.mark, said.ours, said.judgement,
  ]
  for (const title of titles) {
    const cell = document.createElement('th')
    cell.scope = 'col'
    cell.textContent = title
    row.append(cell)
  }
}

function fill(row: HTMLTableRowElement, series: Series, { time, index, own }: Row): void {
  const { decimals } = series.factor
  const bounds = boundsAt(series, time)
  const of = (column: number[], at: number | null): string =>
    valueBeside(at === null ? null : column[at], bounds, decimals)
  const flag = index === null ? '' : (series.flag[index] ?? '')
  const texts = [
    series.timeMeaning === 'instant' ? secondText(time) : minuteText(time),
    of(series.value, index),
    of(series.min, index),
    of(series.max, index),
    isNormal(flag) ? flag : `${flag} ${flagLook(flag, series.flagNames).name}`,
    of(series.ours.value, own) + (own !== null && series.ours.valid[own] === false ? ` ${words().chart.invalid}` : ''),
  ]
  for (const text of texts) row.insertCell().textContent = text
  judge(row, series, index, own)
}

function judge(
  row: HTMLTableRowElement, series: Series, index: number | null, own: number | null,
): void {
  const said: string[] = []
  if (index !== null && exceeds(series, index)) {
    said.push(words().chart.exceeding)
    row.classList.add('is-exceeding')
  }
  if (index !== null && own !== null && series.bucketSeconds === 0) {
    const device = series.value[index] ?? NaN
    if (differs(device, series.ours.value[own] ?? NaN, series.factor.decimals)) {
      said.push(words().chart.differs)
    }
  }
  row.insertCell().textContent = said.join(words().listComma)
}
