/**
 * What stands on a record's paper: every question that is asked, as one reads it, with its answer as the form has it.
 * Read off the form's own marks (`data-question`, `.checklist-item`, `[data-signature]`), so a form needs nothing more.
 */
import { isNeeded, leavesOf } from '../../../page/questions'
import { readWritten, type Written } from '../../../page/strokes'
import { words } from '../../../text/words'

export type Block =
  | { kind: 'heading'; text: string }
  | { kind: 'note'; text: string }
  | { kind: 'answer'; label: string; text: string }
  | { kind: 'signature'; label: string; written: Written }

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
  const answers = leavesOf(form).filter((each) => isNeeded(each, form)).flatMap((each) => answersOf(each, files))
  return [{ kind: 'heading', text: head.title }, { kind: 'note', text: head.lead }, ...answers, { kind: 'note', text: head.foot }]
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
  return [tidy(copy?.textContent), stated ? words().visits.paperStated(tidy(stated.textContent)) : ''].join('')
}

function signatureOf(label: string, value: string): Block[] {
  const written = readWritten(value)
  return written ? [{ kind: 'signature', label, written }] : []
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
  const beside = tidy(field.closest('.checklist-note')?.querySelector('span')?.textContent).replace(/\p{Ps}.*\p{Pe}/u, '')
  const said = field.type === 'datetime-local' ? text.replace('T', ' ') : text
  return [beside ? words().visits.paperBeside(beside, said) : said]
}

function tidy(text: string | null | undefined): string {
  return (text ?? '').replace(/\s+/g, ' ').trim()
}
