/**
 * Which steps can be filled in now, as far as the phone can tell: from the state the matter was taken along
 * in, through the records that were written since.
 */
import { isOpen, recordsOf, type FieldRecord } from '../../offline/store'
import { words } from '../../text/words'
import type { Place } from './place'

/** The state after what waits on the phone is taken. `targets`: step → state, "" for one that stays. */
export function expectedState(state: string, records: FieldRecord[], targets: Map<string, string>): string {
  const waiting = [...records].sort((one, other) => one.sequence - other.sequence)
  return waiting.reduce((now, each) => targets.get(each.step) || now, state)
}

export async function markSteps(place: Place): Promise<void> {
  if (place.page !== 'visit') return
  const rows = [...place.element.querySelectorAll<HTMLElement>('[data-visit-step]')]
  const targets = new Map(rows.map((row) => [row.dataset['visitStep'] ?? '', row.dataset['target'] ?? '']))
  const records = (await recordsOf(place.user)).filter((each) => each.matter === place.matter)
  const waiting = records.filter((each) => isOpen(each) || isNewer(each, place))
  const state = expectedState(place.element.dataset['state'] ?? '', waiting, targets)
  for (const row of rows) mark(row, (row.dataset['sources'] ?? '').split(' ').includes(state))
}

/** Sent and taken, but the page that lies here was taken along before. */
function isNewer(record: FieldRecord, place: Place): boolean {
  return record.state === 'applied' && record.version >= place.version
}

function mark(row: HTMLElement, isPossible: boolean): void {
  const place = row.querySelector<HTMLElement>('[data-visit-mark]')
  if (!place) return
  place.className = 'status'
  place.dataset['kind'] = isPossible ? 'ongoing' : 'paused'
  place.textContent = isPossible ? words().visits.possible : words().visits.later
}
