/** The chart's controls: factor, kind, span, earlier and later, zoom, table, export. */
import { kindName, spansOf, type Kind } from './kinds'
import type { ChartOptions } from './options'
import { words } from '../../text/words'

export interface ToolbarActions {
  factor(code: string): void
  kind(kind: Kind): void
  span(seconds: number): void
  move(direction: -1 | 1): void
  zoom(factor: number): void
  table(shown: boolean): void
}

export class Toolbar {
  readonly element = document.createElement('div')
  private readonly kinds: HTMLElement
  private readonly spans = group(words().chart.span)
  private readonly later: HTMLButtonElement
  readonly exportLink = document.createElement('a')

  constructor(options: ChartOptions, private readonly actions: ToolbarActions) {
    this.element.className = 'chart-toolbar'
    this.kinds = this.kindGroup(options.kinds)
    this.exportLink.className = 'btn btn-sm'
    this.exportLink.textContent = words().chart.export
    this.exportLink.setAttribute('download', '')
    this.later = button(words().chart.later, () => actions.move(1))
    const steps = group(words().chart.moving)
    steps.append(
      button(words().chart.earlier, () => actions.move(-1)),
      this.later,
      button('＋', () => actions.zoom(0.5), words().chart.zoomIn),
      button('－', () => actions.zoom(2), words().chart.zoomOut),
    )
    if (options.factors.length > 0) this.element.append(this.factorSelect(options))
    this.element.append(this.kinds, this.spans, steps, this.tableSwitch(), this.exportLink)
  }

  show(kind: Kind, seconds: number, atNow: boolean): void {
    for (const each of this.kinds.querySelectorAll<HTMLElement>('[data-kind]')) {
      each.setAttribute('aria-pressed', String(each.dataset['kind'] === kind))
    }
    this.spans.replaceChildren(
      ...spansOf(kind).map((span) => {
        const each = button(span.name, () => this.actions.span(span.seconds))
        each.setAttribute('aria-pressed', String(span.seconds === seconds))
        return each
      }),
    )
    this.later.disabled = atNow
  }

  private kindGroup(kinds: readonly Kind[]): HTMLElement {
    const element = group(words().chart.kind)
    for (const kind of kinds) {
      const each = button(kindName(kind), () => this.actions.kind(kind))
      each.dataset['kind'] = kind
      element.append(each)
    }
    return element
  }

  private factorSelect(options: ChartOptions): HTMLElement {
    const label = document.createElement('label')
    label.className = 'chart-factor'
    const select = document.createElement('select')
    select.className = 'form-select form-select-sm'
    select.setAttribute('aria-label', words().chart.factor)
    for (const factor of options.factors) {
      const name = factor.unit ? factor.name + words().inBrackets(factor.unit) : factor.name
      select.add(new Option(name, factor.code, false, factor.code === options.factor))
    }
    select.addEventListener('change', () => this.actions.factor(select.value))
    label.append(select)
    return label
  }

  private tableSwitch(): HTMLElement {
    const each = button(words().chart.table, () => {
      const shown = each.getAttribute('aria-pressed') !== 'true'
      each.setAttribute('aria-pressed', String(shown))
      this.actions.table(shown)
    })
    each.setAttribute('aria-pressed', 'false')
    return each
  }
}

function group(label: string): HTMLElement {
  const element = document.createElement('div')
  element.className = 'btn-group btn-group-sm'
  element.setAttribute('role', 'group')
  element.setAttribute('aria-label', label)
  return element
}

function button(text: string, press: () => void, label?: string): HTMLButtonElement {
  const element = document.createElement('button')
  element.type = 'button'
  element.className = 'btn btn-sm'
  element.textContent = text
  if (label) element.setAttribute('aria-label', label)
  element.addEventListener('click', press)
  return element
}
