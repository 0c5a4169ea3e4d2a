/**
 * Sends what is queued: records in bundles, then what is missing of their files, portion by portion.
 *
 * It may be cut off anywhere, run twice, or run in two tabs: the platform keeps each record once by its
 * number, and tells how much of a file it has. A record is noted as kept only when an answer said so.
 */
import { blobOf, isUnsent, noteState, recordsOf, type FieldRecord, type RecordState } from './store'

/** Which addresses to talk to; `record` holds the number of a record in place of zeros. */
export interface Addresses { state: string; sync: string; record: string }

/** done: everything was answered. signedOut, otherUser: whoever reads must sign in (as the same person).
 * cut: no network, or no answer that can be read; try again later. */
export type Outcome = 'done' | 'signedOut' | 'otherUser' | 'cut'

interface Standing {
  id: string
  /** unknown: the platform has lost it (restored from a backup), and must be sent all of it again */
  state: RecordState | 'unknown'
  words?: string
  needs?: { sha256: string; received: number }[]
}

const NOBODY = '00000000-0000-0000-0000-000000000000'
const MOST_ROUNDS = 4
const PORTION_BYTES = 128 * 1024
const BUNDLE_RECORDS = 20
const BUNDLE_CHARACTERS = 200_000

class Stop extends Error {
  constructor(readonly outcome: Outcome) {
    super(outcome)
  }
}

/** One attempt for this account. `changed` is called whenever a record stands otherwise than before. */
export async function send(user: string, addresses: Addresses, changed: () => void): Promise<Outcome> {
  try {
    if (!(await openOf(user)).length) return 'done'
    const token = await tokenFor(user, addresses.state)
    // records that waited for a file of another are asked about once it is there
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      if (!(await sendOpen(user, token, addresses, changed))) break
    }
    return 'done'
  } catch (error) {
    if (error instanceof Stop) return error.outcome
    if (error instanceof TypeError || error instanceof SyntaxError) return 'cut' // what fetch and JSON throw
    throw error
  }
}

async function openOf(user: string): Promise<FieldRecord[]> {
  return (await recordsOf(user)).filter((each) => isUnsent(each) || each.state === 'conflict')
}

/** Whether a file was sent on the way. */
async function sendOpen(
  user: string, token: string, addresses: Addresses, changed: () => void,
): Promise<boolean> {
  let sentFiles = false
  for (const bundle of bundles(await openOf(user))) {
    if (await sendBundle(bundle, token, addresses, changed)) sentFiles = true
  }
  return sentFiles
}

async function tokenFor(user: string, url: string): Promise<string> {
  const told = await answered<{ who: string; token: string }>(await fetch(url, { credentials: 'same-origin', cache: 'no-store' }))
  if (told.who !== user) throw new Stop('otherUser')
  return told.token
}

async function answered<T>(answer: Response): Promise<T> {
  if (answer.status === 401 || answer.redirected) throw new Stop('signedOut')
  if (!answer.ok) throw new Stop('cut')
  return (await answer.json()) as T
}

/** In the order they were written, so many at a time that a slow network gets through. */
export function bundles(records: FieldRecord[]): FieldRecord[][] {
  const found: FieldRecord[][] = []
  let characters = Infinity
  for (const record of [...records].sort((one, other) => one.sequence - other.sequence)) {
    const length = JSON.stringify(record.values).length
    const last = found[found.length - 1]
    if (!last || last.length >= BUNDLE_RECORDS || characters + length > BUNDLE_CHARACTERS) {
      found.push([record])
      characters = length
    } else {
      last.push(record)
      characters += length
    }
  }
  return found
}

async function sendBundle(
  records: FieldRecord[], token: string, addresses: Addresses, changed: () => void,
): Promise<boolean> {
  const body = JSON.stringify({ device: records[0]?.device, records: records.map(told) })
  const headers = { 'X-CSRFToken': token, 'Content-Type': 'application/json' }
  const answer = await fetch(addresses.sync, { method: 'POST', headers, body, credentials: 'same-origin' })
  const { records: standings } = await answered<{ records: Standing[] }>(answer)
  for (const standing of standings) await note(standing)
  changed()
  for (const standing of standings) await sendFiles(standing, records, token, addresses, changed)
  return standings.some((each) => each.needs?.length)
}

/** What the platform is told: all of it the first time, its number alone once it is there. */
function told(record: FieldRecord): object {
  if (record.state === 'waiting' || record.state === 'conflict') return { id: record.id }
  const { id, sequence, matter, step, version, after, values, officers, files, filledAt } = record
  return { id, sequence, matter, step, version, after, values, officers, files, filledAt, sentAt: now() }
}

function note(standing: Standing): Promise<void> {
  const state = standing.state === 'unknown' ? 'queued' : standing.state
  return noteState(standing.id, state, standing.words ?? '')
}

function now(): string {
  return new Date().toISOString()
}

async function sendFiles(
  standing: Standing, records: FieldRecord[], token: string, addresses: Addresses, changed: () => void,
): Promise<void> {
  const record = records.find((each) => each.id === standing.id)
  if (!record) return
  for (const need of standing.needs ?? []) {
    const blob = await blobOf(record.user, need.sha256)
    if (!blob) continue
    const url = `${addresses.record.replace(NOBODY, record.id)}files/${need.sha256}/`
    const last = await sendFile(blob, need.received, url, token)
    if (last) await note(last)
    changed()
  }
}

/** From where the platform is; how the record stands after the last portion. */
async function sendFile(blob: Blob, received: number, url: string, token: string): Promise<Standing | undefined> {
  let offset = received
  let record: Standing | undefined
  let startedAnew = 0
  while (offset < blob.size) {
    const body = await blob.slice(offset, offset + PORTION_BYTES).arrayBuffer()
    const headers = { 'X-CSRFToken': token, 'Content-Type': 'application/octet-stream' }
    const sent = await fetch(`${url}?offset=${offset}`, { method: 'POST', headers, body, credentials: 'same-origin' })
    const answer = await answered<{ received: number; record: Standing }>(sent)
    // the platform found it broken, or had less than it said: it says where to go on, but not for ever
    if (answer.received <= offset && ++startedAnew > 2) throw new Stop('cut')
    offset = answer.received
    record = answer.record
  }
  return record
}
