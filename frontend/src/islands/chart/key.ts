/** The chart's legend in HTML: every line, shape and pattern with its name, only what occurs. */
import { flagLook } from './flags'
import { farLimits } from './axes'
import { flagRuns, type Series } from './series'
import { findings } from './summary'

export function chartKey(series: Series): HTMLElement {
  const list = document.createElement('ul')
  list.className = 'chart-key'
  const found = findings(series)
  const items: [boolean, string, string][] = [
    [true, 'value', valueName(series)],
    [series.min.some((value) => !Number.isNaN(value)), 'band', '最小—最大'],
    [series.ours.t.length > 0, 'own', '平台统计'],
    [series.ours.valid.includes(false), 'own-invalid', '统计无效'],
    [found.exceeding > 0, 'exceeding', `超标 ${found.exceeding}`],
    [found.differing > 0, 'mismatch', `与平台统计不一致 ${found.differing}`],
  ]
  for (const [shown, look, text] of items) if (shown) list.append(item(look, text))
  list.append(...limitItems(series), ...flagItems(series))
  return list
}

function valueName(series: Series): string {
  const notes = [series.converted ? '折算' : '', series.bucketSeconds > 0 ? '段内均值' : '']
  const note = notes.filter(Boolean).join('，')
  return note ? `设备值（${note}）` : '设备值'
}

function limitItems(series: Series): HTMLElement[] {
  const far = farLimits(series)
  return series.limits.map((limit) => {
    const levels = [
      Number.isNaN(limit.lower) ? '' : `≥ ${limit.lower}`,
      Number.isNaN(limit.upper) ? '' : `≤ ${limit.upper}`,
    ].filter(Boolean)
    const where = far.includes(limit) ? '，在图幅之上' : ''
    return item('limit', `限值 ${levels.join('、')} ${series.factor.unit}${where}`, limit.basis)
  })
}

function flagItems(series: Series): HTMLElement[] {
  const spans = new Map<string, number>()
  for (const run of flagRuns(series)) {
    spans.set(run.flag, (spans.get(run.flag) ?? 0) + run.samples)
  }
  return [...spans].map(([flag, count]) =>
    item('flag', `${flag} ${flagLook(flag, series.flagNames).name} ${count}`),
  )
}

function item(look: string, text: string, note = ''): HTMLElement {
  const element = document.createElement('li')
  element.dataset['look'] = look
  element.textContent = text
  if (note) {
    const basis = document.createElement('small')
    basis.textContent = note
    element.append(' ', basis)
  }
  return element
}
