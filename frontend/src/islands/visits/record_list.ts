/**
 * 本机记录: every draft and record of this account on this phone, newest first, each with where it stands
 * (草稿 / 待传 / 已传 / 有冲突). On the page of a matter: those of that matter.
 */
import {
  draftsOf, dropDraft, recordsOf, type Draft, type FieldRecord, type RecordState,
} from '../../offline/store'
import { epochSeconds, minuteText } from '../../text/beijing'
import { words } from '../../text/words'
import type { Place } from './place'

const NOBODY = '00000000-0000-0000-0000-000000000000'

/** Shape and colour of a state, as the status badge has them. */
const KINDS: Record<RecordState | 'draft', string> = {
  draft: 'waiting', queued: 'ongoing', waiting: 'ongoing', conflict: 'danger', refused: 'danger',
  applied: 'done', noted: 'paused', discarded: 'void',
}

export function stateWords(state: RecordState | 'draft'): string {
  const said = words().visits
  if (state === 'queued' || state === 'waiting') return said.toSend
  if (state === 'refused') return said.conflict
  return state === 'applied' ? said.sent : said[state]
}

export class RecordList {
  private readonly box: HTMLElement | null

  constructor(private readonly place: Place) {
    this.box = place.element.querySelector('[data-visit-records]')
  }

  async show(): Promise<void> {
    if (!this.box) return
    const [drafts, records] = await Promise.all([draftsOf(this.place.user), recordsOf(this.place.user)])
    const isHere = (each: { matter: number }) => !this.place.matter || each.matter === this.place.matter
    const rows = [
      ...drafts.filter(isHere).map((each) => ({ at: each.changedAt, row: this.draft(each) })),
      ...records.filter(isHere).map((each) => ({ at: each.filledAt, row: this.record(each) })),
    ].sort((one, other) => other.at.localeCompare(one.at))
    this.box.replaceChildren(rows.length ? list(rows.map((each) => each.row)) : empty(words().visits.none))
  }

  private draft(draft: Draft): HTMLElement {
    const said = words().visits
    const url = `${this.place.homeUrl}of/${draft.matter}/steps/${draft.step}/`
    const row = item(draft, 'draft', said.changedAt(timeText(draft.changedAt)))
    row.querySelector('.task-words')!.prepend(link(url, draft.stepTitle))
    const drop = button(said.drop)
    drop.addEventListener('click', () => void this.drop(draft))
    row.append(drop)
    return row
  }

  private async drop(draft: Draft): Promise<void> {
    if (!window.confirm(words().visits.dropSure)) return
    await dropDraft(draft.key)
    await this.show()
  }

  private record(record: FieldRecord): HTMLElement {
    const row = item(record, record.state, words().visits.writtenAt(timeText(record.filledAt)))
    const isKnown = record.state !== 'queued' && record.state !== 'refused'
    const url = this.place.addresses.record.replace(NOBODY, record.id)
    const title = isKnown ? link(url, record.stepTitle) : strong(record.stepTitle)
    row.querySelector('.task-words')!.prepend(title)
    if (record.words) row.querySelector('.task-words')!.append(hint(record.words))
    return row
  }
}

function item(row: Draft | FieldRecord, state: RecordState | 'draft', when: string): HTMLElement {
  const made = document.createElement('li')
  made.className = 'task'
  made.dataset['visitState'] = state
  const told = document.createElement('div')
  told.className = 'task-words'
  const parts = [row.title || words().visits.untitled, when]
  if (row.files.length) parts.push(words().visits.files(row.files.length))
  told.append(hint(parts.join(' · ')))
  const badge = document.createElement('span')
  badge.className = 'status'
  badge.dataset['kind'] = KINDS[state]
  badge.textContent = stateWords(state)
  made.append(told, badge)
  return made
}

export function timeText(iso: string): string {
  return minuteText(epochSeconds(iso) ?? 0)
}

export function list(rows: HTMLElement[]): HTMLElement {
  const made = document.createElement('ul')
  made.className = 'tasks'
  made.append(...rows)
  return made
}

export function empty(sentence: string): HTMLElement {
  return hint(sentence)
}

export function hint(sentence: string): HTMLElement {
  const made = document.createElement('p')
  made.className = 'field-hint'
  made.textContent = sentence
  return made
}

export function link(url: string, text: string): HTMLAnchorElement {
  const made = document.createElement('a')
  made.href = url
  made.textContent = text
  return made
}

function strong(text: string): HTMLElement {
  const made = document.createElement('strong')
  made.textContent = text
  return made
}

export function button(text: string): HTMLButtonElement {
  const made = document.createElement('button')
  made.type = 'button'
  made.className = 'btn btn-sm'
  made.textContent = text
  return made
}
