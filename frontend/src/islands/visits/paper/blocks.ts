/**
 * What stands on a record's paper: every question that is asked, as one reads it, with its answer as the form has it.
 * Read off the form's own marks (`data-question`, `.checklist-item`, `[data-signature]`), so a form needs nothing more.
 */
export interface Stroke {
  /** In the pad's own dots. */
  width: number
  height: number
  strokes: [x: number, y: number, atMs: number][][]
  began: string
}

export type Block =
  | { kind: 'heading'; text: string }
  | { kind: 'note'; text: string }
  | { kind: 'answer'; label: string; text: string }
  | { kind: 'signature'; label: string; written: Stroke }

export interface Head {
  title: string
  lead: string
  /** Below the answers: when and on what it was made. */
  foot: string
}

export interface FileTold {
  field: string
  name: string
  sha256: string
}

export function blocksOf(form: HTMLFormElement, head: Head, files: readonly FileTold[]): Block[] {
  const asked = [...form.querySelectorAll<HTMLElement>('[data-question]')].filter((each) => !each.querySelector('[data-question]'))
  const answers = asked.filter((each) => isNeeded(each, form)).flatMap((each) => answersOf(each, files))
  return [{ kind: 'heading', text: head.title }, { kind: 'note', text: head.lead }, ...answers, { kind: 'note', text: head.foot }]
}

/** What an earlier answer made needless is not printed: see `behaviours/one_by_one.ts`. */
function isNeeded(question: HTMLElement, form: HTMLFormElement): boolean {
  const bound = question.closest<HTMLElement>('[data-shown-when]')
  const [name = '', value] = bound?.dataset['shownWhen']?.split('=') ?? []
  return !bound || !name || new FormData(form).get(name) === value
}

function answersOf(question: HTMLElement, files: readonly FileTold[]): Block[] {
  const label = labelOf(question)
  const pad = question.querySelector<HTMLInputElement>('[data-signature-value]')
  if (pad) return signatureOf(label, pad.value)
  const fields = [...question.querySelectorAll<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>('input, select, textarea')]
  const told = fields.filter((each) => each.type !== 'hidden').flatMap((each) => toldBy(each, files))
  return told.length ? [{ kind: 'answer', label, text: told.join('\n') }] : []
}

function labelOf(question: HTMLElement): string {
  const label = question.querySelector('legend, .field-label, label.check > span')
  const copy = label?.cloneNode(true) as HTMLElement | undefined
  for (const each of copy?.querySelectorAll('.field-optional') ?? []) each.remove()
  const stated = question.querySelector('.checklist-stated')
  return [tidy(copy?.textContent), stated ? `（${tidy(stated.textContent)}）` : ''].join('')
}

function signatureOf(label: string, value: string): Block[] {
  if (!value.startsWith('{')) return []
  return [{ kind: 'signature', label, written: JSON.parse(value) as Stroke }]
}

function toldBy(field: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement, files: readonly FileTold[]): string[] {
  if (field instanceof HTMLSelectElement) return [...field.selectedOptions].filter((each) => each.value).map((each) => tidy(each.textContent))
  if (field.type === 'checkbox' || field.type === 'radio') {
    return (field as HTMLInputElement).checked ? [tidy(field.closest('label')?.textContent)] : []
  }
  if (field.type === 'file') {
    return files.filter((each) => each.field === field.name).map((each) => `${each.name}\nSHA-256 ${each.sha256}`)
  }
  const text = field.value.trim()
  if (!text) return []
  // the words beside a line of its own (问, 答, 所见) belong to what is written in it; what they ask for does not
  const beside = tidy(field.closest('.checklist-note')?.querySelector('span')?.textContent).replace(/（.*）/, '')
  const said = field.type === 'datetime-local' ? text.replace('T', ' ') : text
  return [beside ? `${beside}：${said}` : said]
}

function tidy(text: string | null | undefined): string {
  return (text ?? '').replace(/\s+/g, ' ').trim()
}
