/** The rows behind the curve as a table, newest first: the chart's equal, not its appendix. */
import { minuteText, secondText } from '../../text/beijing'
import { countText, valueText } from '../../text/number'
import { flagLook, isNormal } from './flags'
import { differs, exceeds, type Series } from './series'

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
  const meaning = series.timeMeaning === 'start' ? '时间为时段起点' : '时间为测量时刻'
  const bucket = series.bucketSeconds > 0 ? `，每 ${series.bucketSeconds / 60} 分钟一段` : ''
  const cut = count > ROWS_SHOWN ? `，显示最近 ${ROWS_SHOWN} 行，导出可得全部` : ''
  return `${series.factor.name}${kindName}数据，共 ${countText(count)} 行，${meaning}${bucket}${cut}`
}

function head(table: HTMLTableElement, series: Series): void {
  const unit = series.factor.unit ? `（${series.factor.unit}）` : ''
  const row = table.createTHead().insertRow()
  for (const title of ['时间', `设备值${unit}`, '最小', '最大', '标记', '平台统计', '判断']) {
    const cell = document.createElement('th')
    cell.scope = 'col'
    cell.textContent = title
    row.append(cell)
  }
}

function fill(row: HTMLTableRowElement, series: Series, { time, index, own }: Row): void {
  const { decimals } = series.factor
  const of = (column: number[], at: number | null): string =>
    valueText(at === null ? null : column[at], decimals)
  const flag = index === null ? '' : (series.flag[index] ?? '')
  const texts = [
    series.timeMeaning === 'instant' ? secondText(time) : minuteText(time),
    of(series.value, index),
    of(series.min, index),
    of(series.max, index),
    isNormal(flag) ? flag : `${flag} ${flagLook(flag, series.flagNames).name}`,
    of(series.ours.value, own) + (own !== null && series.ours.valid[own] === false ? ' 无效' : ''),
  ]
  for (const text of texts) row.insertCell().textContent = text
  judge(row, series, index, own)
}

function judge(
  row: HTMLTableRowElement, series: Series, index: number | null, own: number | null,
): void {
  const words: string[] = []
  if (index !== null && exceeds(series, index)) {
    words.push('超标')
    row.classList.add('is-exceeding')
  }
  if (index !== null && own !== null && series.bucketSeconds === 0) {
    const device = series.value[index] ?? NaN
    if (differs(device, series.ours.value[own] ?? NaN, series.factor.decimals)) words.push('不一致')
  }
  row.insertCell().textContent = words.join('、')
}
