/**
 * A form as values and back. Our own names begin with "_": the officers among them are told apart, the
 * rest and the key of forms are not part of what was said. Time and place of a photograph
 * (`photo-at`, `photo-lon` …) go with its file.
 */
import type { KeptFile } from '../../offline/store'

const OFFICER = /^_officer_\d+$/
const STATED = ['at', 'lon', 'lat', 'accuracy'] as const

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

export function fieldsOf(form: HTMLFormElement): Field[] {
  return [...form.elements].filter((each): each is Field => 'name' in each && 'value' in each && (each as Field).name !== '')
}

export function fileFields(form: HTMLFormElement): HTMLInputElement[] {
  return fieldsOf(form).filter((each): each is HTMLInputElement => each.type === 'file')
}

/** What was said: pairs as a form sends them. */
export function valuesOf(form: HTMLFormElement): [string, string][] {
  const skipped = new Set(fileFields(form).flatMap((file) => [file.name, ...STATED.map((part) => `${file.name}-${part}`)]))
  return [...new FormData(form).entries()].filter((pair): pair is [string, string] => {
    const [name, value] = pair
    return typeof value === 'string' && !isOurs(name) && !skipped.has(name)
  })
}

export function officersOf(form: HTMLFormElement): number[] {
  const chosen = fieldsOf(form).filter((each) => OFFICER.test(each.name) && each.value)
  return chosen.map((each) => Number(each.value))
}

/** Begin with a pair that was chosen before in the same visit; what stands there already stays, and nobody stands twice. */
export function proposeOfficers(form: HTMLFormElement, officers: number[]): void {
  const boxes = fieldsOf(form).filter((each) => OFFICER.test(each.name))
  const left = officers.map(String).filter((each) => !boxes.some((box) => box.value === each))
  for (const box of boxes) if (!box.value) box.value = left.shift() ?? ''
}

/** What the phone said of time and place beside that file. */
export function statedOf(form: HTMLFormElement, field: string): Partial<KeptFile> {
  const told: Partial<KeptFile> = {}
  const text = (part: string) => (form.elements.namedItem(`${field}-${part}`) as HTMLInputElement | null)?.value ?? ''
  if (text('at')) told.at = text('at')
  for (const part of ['lon', 'lat', 'accuracy'] as const) if (text(part)) told[part] = Number(text(part))
  return told
}

/** Put back what was said; what draws its value (a signature) or hangs on others hears `zhihuan:restored`. */
export function fill(form: HTMLFormElement, values: [string, string][], officers: number[]): void {
  const left = new Map<string, string[]>()
  for (const [name, value] of values) left.set(name, [...(left.get(name) ?? []), value])
  let officer = 0
  for (const field of fieldsOf(form)) {
    if (OFFICER.test(field.name)) field.value = String(officers[officer++] ?? '')
    else if (!isOurs(field.name) && field.type !== 'file') put(field, left.get(field.name) ?? [])
  }
  form.dispatchEvent(new CustomEvent('zhihuan:restored'))
}

function put(field: Field, values: string[]): void {
  if (field instanceof HTMLInputElement && (field.type === 'checkbox' || field.type === 'radio'))
    field.checked = values.includes(field.value)
  else if (field instanceof HTMLSelectElement && field.multiple)
    for (const option of field.options) option.selected = values.includes(option.value)
  else if (values.length) field.value = values.shift() ?? ''
}

/** Put a kept file back into its field, as if it had just been chosen. */
export function fillFile(form: HTMLFormElement, kept: KeptFile, blob: Blob): void {
  const input = fileFields(form).find((each) => each.name === kept.field)
  if (!input) return
  const carried = new DataTransfer()
  for (const already of input.files ?? []) carried.items.add(already)
  carried.items.add(new File([blob], kept.name, { type: blob.type }))
  input.files = carried.files
  for (const part of STATED) {
    const hidden = form.elements.namedItem(`${kept.field}-${part}`)
    if (hidden instanceof HTMLInputElement) hidden.value = String(kept[part] ?? '')
  }
}

function isOurs(name: string): boolean {
  return name.startsWith('_') || name === 'csrfmiddlewaretoken'
}
