/**
 * A form that saves itself: every change goes into the phone's store before anything else, and comes back
 * when the page is opened again, with a network or without. Finished, it becomes a record that waits to be
 * sent; it is never posted by the page itself.
 */
import { sha256 } from '../../offline/digest'
import {
  blobOf, draftKey, draftOf, finish, keepBlob, keepDraft, lastOfficers, type Draft, type KeptFile,
} from '../../offline/store'
import { clockText } from '../../text/beijing'
import { words } from '../../text/words'
import { fileFields, fill, fillFile, officersOf, proposeOfficers, statedOf, valuesOf } from './form_values'
import { PaperOffer } from './paper_offer'
import type { Place } from './place'
import { timeText } from './record_list'

export async function startForm(place: Place): Promise<void> {
  const form = place.element.querySelector<HTMLFormElement>('form[data-offline-form]')
  if (form) await new Writing(place, form).start()
}

class Writing {
  private readonly key: string
  private version: number
  private files: KeptFile[] = []
  private isDirty = false
  private saving: Promise<void> = Promise.resolve()
  private reading: Promise<unknown> = Promise.resolve()
  private readonly paper: PaperOffer | null

  constructor(private readonly place: Place, private readonly form: HTMLFormElement) {
    this.key = draftKey(place.user, place.matter, this.told('step'))
    this.version = place.version
    this.paper = PaperOffer.of(form, () => void this.drawUpOnce())
  }

  async start(): Promise<void> {
    await this.restore()
    this.form.addEventListener('input', () => this.answered())
    this.form.addEventListener('change', (event) => this.chosen(event))
    this.form.addEventListener('submit', (event) => this.submitted(event))
    this.offerPaper()
    this.form.dataset['visitReady'] = ''
  }

  /** The browser prints, or saves a PDF, without a network. */
  private offerPaper(): void {
    const paper = this.form.querySelector<HTMLButtonElement>('[data-visit-print]')
    if (!paper) return
    paper.hidden = false
    paper.addEventListener('click', () => window.print())
  }

  private told(name: string): string {
    return this.place.element.dataset[name] ?? ''
  }

  private async restore(): Promise<void> {
    const draft = await draftOf(this.place.user, this.place.matter, this.told('step'))
    if (!draft) {
      // two officers on a visit write several records and choose each other once
      proposeOfficers(this.form, await lastOfficers(this.place.user, this.place.matter))
      return
    }
    // what its author saw when they began; a newer page changes nothing about that
    this.version = draft.version
    fill(this.form, draft.values, draft.officers)
    for (const kept of draft.files) {
      const blob = await blobOf(this.place.user, kept.sha256)
      if (!blob) continue
      fillFile(this.form, kept, blob)
      this.files.push(kept)
      if (kept.field === this.paper?.field) this.paper.offer(new File([blob], kept.name, { type: blob.type }))
    }
    this.say(words().visits.restored(timeText(draft.changedAt)))
  }

  /** The paper says what was answered when it was made: another answer, another paper. */
  private answered(): void {
    this.files = this.files.filter((each) => each.field !== this.paper?.field)
    this.paper?.withdraw()
    this.changed()
  }

  private changed(): void {
    if (this.isDirty) return
    this.isDirty = true
    this.saving = this.saving.then(() => this.save())
  }

  private async save(): Promise<void> {
    if (!this.isDirty) return
    this.isDirty = false
    try {
      await keepDraft(this.draft())
      this.say(words().visits.kept(clockText(Date.now() / 1000)))
    } catch (error) {
      console.warn('the draft was not saved', error)
      this.say(words().visits.notKept)
    }
  }

  private draft(): Draft {
    const files = this.files.map((kept) => ({ ...kept, ...statedOf(this.form, kept.field) }))
    return {
      key: this.key,
      user: this.place.user,
      matter: this.place.matter,
      step: this.told('step'),
      title: this.told('matterTitle'),
      stepTitle: this.told('stepTitle'),
      version: this.version,
      values: valuesOf(this.form),
      officers: officersOf(this.form),
      files,
      changedAt: new Date().toISOString(),
    }
  }

  private chosen(event: Event): void {
    const input = event.target
    if (input instanceof HTMLInputElement && input.type === 'file') {
      this.say(words().visits.reading)
      this.answered()
      this.reading = this.reading.then(() => this.read(input))
    } else this.answered()
  }

  /** The bytes first, then the draft that names them. */
  private async read(input: HTMLInputElement): Promise<void> {
    const kept: KeptFile[] = []
    try {
      for (const file of input.files ?? []) kept.push(await this.kept(input.name, file))
    } catch (error) {
      console.warn('the file was not saved', error)
      this.say(words().visits.notKept)
      return
    }
    this.files = [...this.files.filter((each) => each.field !== input.name), ...kept]
    this.changed()
    await this.saving
  }

  private async kept(field: string, file: File): Promise<KeptFile> {
    // a copy: the camera's own file may be gone when it is needed
    const copy = new Blob([await file.arrayBuffer()], { type: file.type })
    const digest = await sha256(copy)
    await keepBlob(this.place.user, digest, copy)
    return { field, name: file.name, size: copy.size, sha256: digest, ...statedOf(this.form, field) }
  }

  private submitted(event: Event): void {
    event.preventDefault()
    if (this.form.reportValidity()) void this.finish()
  }

  private async drawUpOnce(): Promise<void> {
    await this.reading
    this.say(words().visits.paperMaking)
    await this.drawUp()
    this.changed()
  }

  /** A record without its paper is better than none: what fails is said and holds nothing up. */
  private async drawUp(): Promise<void> {
    if (!this.paper || this.files.some((each) => each.field === this.paper?.field)) return
    try {
      const file = await this.paper.made(this.told('paperTitle'), this.told('paperLead'), this.files)
      this.files = [...this.files, await this.kept(this.paper.field, file)]
      this.paper.offer(file)
    } catch (error) {
      console.warn('the paper was not made', error)
      this.say(words().visits.paperNotMade)
    }
  }

  private async finish(): Promise<void> {
    await this.reading
    await this.saving
    await this.drawUp()
    try {
      await finish(this.draft(), new Date().toISOString())
    } catch (error) {
      console.warn('the record was not saved', error)
      this.say(words().visits.notKept)
      return
    }
    window.location.assign(this.told('visitUrl'))
  }

  private say(sentence: string): void {
    const line = this.form.querySelector('[data-visit-saved]')
    const names = fileFields(this.form).length ? this.files.map((each) => words().visits.keptFile(each.name)) : []
    if (line) line.textContent = [sentence, ...names].join(words().gap)
  }
}
