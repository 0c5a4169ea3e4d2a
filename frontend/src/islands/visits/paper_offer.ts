/**
 * The PDF of a form that asks for one (`input[data-visit-paper]`): made by the button or when the record is finished,
 * offered to be opened or handed on, and taken back as soon as an answer changes.
 *
 *   <input type="file" name="paper_made" data-visit-paper hidden>
 *   <button type="button" data-visit-paper-make hidden></button> <span data-visit-paper-made></span>
 */
import { words } from '../../text/words'
import { paperOf } from './paper'
import type { FileTold } from './paper/blocks'

export class PaperOffer {
  readonly field: string
  private readonly place: HTMLElement | null
  private address = ''

  private constructor(private readonly form: HTMLFormElement, field: HTMLInputElement, make: () => void) {
    this.field = field.name
    this.place = form.querySelector('[data-visit-paper-made]')
    const button = form.querySelector<HTMLButtonElement>('[data-visit-paper-make]')
    if (!button) return
    button.hidden = false
    button.addEventListener('click', make)
  }

  static of(form: HTMLFormElement, make: () => void): PaperOffer | null {
    const field = form.querySelector<HTMLInputElement>('input[data-visit-paper]')
    return field && new PaperOffer(form, field, make)
  }

  made(title: string, lead: string, files: readonly FileTold[]): Promise<File> {
    return paperOf(this.form, title, lead, files)
  }

  offer(file: File): void {
    this.withdraw()
    this.address = URL.createObjectURL(file)
    const open = document.createElement('a')
    open.className = 'btn'
    open.href = this.address
    open.download = file.name
    open.textContent = words().visits.paperOpen
    this.place?.append(open)
    if (navigator.canShare?.({ files: [file] })) this.place?.append(' ', sharing(file))
  }

  /** What it says is no longer what the form says. */
  withdraw(): void {
    if (this.address) URL.revokeObjectURL(this.address)
    this.address = ''
    this.place?.replaceChildren()
  }
}

function sharing(file: File): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'btn'
  button.textContent = words().visits.paperShare
  // who closes the choice of programs changes their mind: nothing to say
  button.addEventListener('click', () => void navigator.share({ files: [file] }).catch(() => undefined))
  return button
}
