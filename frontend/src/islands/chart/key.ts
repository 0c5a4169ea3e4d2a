/** The chart's legend in HTML: every line, shape and pattern with its name, only what occurs. */
import { flagLook } from './flags'
import { farLimits } from './axes'
import { flagRuns, type Series } from './series'
import { findings } from './summary'
import { words } from '../../text/words'

export function chartKey(series: Series): HTMLElement {
  const list = document.createElement('ul')
  list.className = 'chart-key'
  const found = findings(series)
  const said = words().chart
  const items: [boolean, string, string][] = [
    [true, 'value', valueName(series)],
    [series.min.some((value) => !Number.isNaN(value)), 'band', said.range],
    [series.ours.t.length > 0, 'own', said.ours],
    [series.ours.valid.includes(false), 'own-invalid', said.oursInvalid],
    [found.exceeding > 0, 'exceeding', `${said.exceeding} ${found.exceeding}`],
    [found.differing > 0, 'mismatch', `${said.differsFromOurs} ${found.differing}`],
  ]
  for (const [shown, look, text] of items) if (shown) list.append(item(look, text))
  list.append(...limitItems(series), ...flagItems(series))
  return list
}

function valueName(series: Series): string {
  const { converted, bucketMean, device } = words().chart
  const notes = [series.converted ? converted : '', series.bucketSeconds > 0 ? bucketMean : '']
  const note = notes.filter(Boolean).join(words().comma)
  return note ? device + words().inBrackets(note) : device
}

function limitItems(series: Series): HTMLElement[] {
  const far = farLimits(series)
  return series.limits.map((limit) => {
    const levels = [
      Number.isNaN(limit.lower) ? '' : `≥ ${limit.lower}`,
      Number.isNaN(limit.upper) ? '' : `≤ ${limit.upper}`,
    ].filter(Boolean)
    const where = far.includes(limit) ? words().comma + words().chart.beyond : ''
    const level = `${words().chart.limit} ${levels.join(words().listComma)}`
    return item('limit', `${level} ${series.factor.unit}${where}`, limit.basis)
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
