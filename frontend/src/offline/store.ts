/**
 * What lies on this phone, in IndexedDB: packs, drafts, records, files, one counter a person.
 *
 * Every row belongs to one account (`user`); nothing here reads rows of another. Each function is one
 * transaction: it is through when its promise is, or nothing of it is. Nothing here talks to the network.
 */
export type RecordState =
  | 'queued' | 'waiting' | 'conflict' | 'refused' | 'applied' | 'noted' | 'discarded'

/** A file as a record names it; its bytes lie in `blobs` under the same digest. */
export interface KeptFile {
  field: string
  name: string
  size: number
  sha256: string
  at?: string
  lon?: number
  lat?: number
  accuracy?: number
}

export interface Filled {
  values: [string, string][]
  officers: number[]
  files: KeptFile[]
}

/** What is being written: one a step and matter. `names`: its titles, for the list. */
export interface Draft extends Filled {
  key: string
  user: string
  matter: number
  step: string
  title: string
  stepTitle: string
  version: number
  changedAt: string
}

/** What was finished: never changed but for where it stands. */
export interface FieldRecord extends Filled {
  id: string
  user: string
  device: string
  sequence: number
  matter: number
  step: string
  title: string
  stepTitle: string
  version: number
  after: string | null
  filledAt: string
  state: RecordState
  words: string
  settledAt: string
}

export interface PackedStep { code: string; sources: string[]; target: string }

/** A matter taken along. `until`: seconds since 1970. */
export interface Pack {
  key: string
  user: string
  matter: number
  title: string
  party: string
  version: number
  state: string
  until: number
  savedAt: string
  pages: string[]
  steps: PackedStep[]
}

interface Blobbed { key: string; user: string; blob: Blob }
interface Device { user: string; id: string; sequence: number; last: Record<string, string> }

const NAME = 'zhihuan-visits'
const STORES = { drafts: 'key', records: 'id', packs: 'key', blobs: 'key', devices: 'user' } as const
type StoreName = keyof typeof STORES

/** Nothing more happens to a record in one of these. */
export const SETTLED: readonly RecordState[] = ['applied', 'noted', 'discarded']

/** Those that only this phone has, or that the platform has not settled. */
export function isOpen(record: FieldRecord): boolean {
  return !SETTLED.includes(record.state)
}

/** Those of which only this phone has a copy for certain. */
export function isUnsent(record: FieldRecord): boolean {
  return record.state === 'queued' || record.state === 'refused' || record.state === 'waiting'
}

let opened: Promise<IDBDatabase> | undefined

function database(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1)
    asked.onupgradeneeded = () => {
      for (const [store, keyPath] of Object.entries(STORES)) {
        const made = asked.result.createObjectStore(store, { keyPath })
        if (store !== 'devices') made.createIndex('user', 'user')
      }
    }
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error ?? new Error('IndexedDB does not open'))
  })
  return opened
}

type Act<T> = (store: (name: StoreName) => IDBObjectStore) => Promise<T> | T

/** One transaction over these stores; through when the database says so. */
async function within<T>(names: StoreName[], mode: IDBTransactionMode, act: Act<T>): Promise<T> {
  const transaction = (await database()).transaction(names, mode)
  const through = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error ?? new Error('the transaction was aborted'))
  })
  try {
    const result = await act((name) => transaction.objectStore(name))
    await through
    return result
  } catch (error) {
    through.catch(() => undefined)
    abort(transaction)
    throw error
  }
}

function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort()
  } catch {
    // it had ended by itself
  }
}

function asked<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('IndexedDB failed'))
  })
}

function ofUser<T>(store: IDBObjectStore, user: string): Promise<T[]> {
  return asked(store.index('user').getAll(user) as IDBRequest<T[]>)
}

export function draftKey(user: string, matter: number, step: string): string {
  return `${user}:${matter}:${step}`
}

export function blobKey(user: string, sha256: string): string {
  return `${user}:${sha256}`
}

// ---- drafts --------------------------------------------------------------------------------------

export function keepDraft(draft: Draft): Promise<unknown> {
  return within(['drafts'], 'readwrite', (store) => asked(store('drafts').put(draft)))
}

export function draftOf(user: string, matter: number, step: string): Promise<Draft | undefined> {
  const key = draftKey(user, matter, step)
  return within(['drafts'], 'readonly', (store) =>
    asked(store('drafts').get(key) as IDBRequest<Draft | undefined>),
  )
}

export function draftsOf(user: string): Promise<Draft[]> {
  return within(['drafts'], 'readonly', (store) => ofUser<Draft>(store('drafts'), user))
}

export async function dropDraft(key: string): Promise<void> {
  await within(['drafts'], 'readwrite', (store) => asked(store('drafts').delete(key)))
}

// ---- records -------------------------------------------------------------------------------------

/** Make a record of a draft: numbered, chained to the one before in its matter, the draft gone. One
 * transaction, so a page closed in the middle leaves either the draft or the record. */
export function finish(draft: Draft, filledAt: string): Promise<FieldRecord> {
  return within(['drafts', 'records', 'devices'], 'readwrite', async (store) => {
    const device = await deviceIn(store('devices'), draft.user)
    device.sequence += 1
    const record = recordOf(draft, device, filledAt)
    device.last[draft.matter] = record.id
    await asked(store('devices').put(device))
    await asked(store('records').put(record))
    await asked(store('drafts').delete(draft.key))
    return record
  })
}

function recordOf(draft: Draft, device: Device, filledAt: string): FieldRecord {
  const { key: _key, changedAt: _changedAt, ...said } = draft
  return {
    ...said,
    id: crypto.randomUUID(),
    device: device.id,
    sequence: device.sequence,
    after: device.last[draft.matter] ?? null,
    filledAt,
    state: 'queued',
    words: '',
    settledAt: '',
  }
}

async function deviceIn(store: IDBObjectStore, user: string): Promise<Device> {
  const known = await asked(store.get(user) as IDBRequest<Device | undefined>)
  return known ?? { user, id: crypto.randomUUID(), sequence: 0, last: {} }
}

export function recordsOf(user: string): Promise<FieldRecord[]> {
  return within(['records'], 'readonly', (store) => ofUser<FieldRecord>(store('records'), user))
}

/** The officers of what was written last in a matter on this phone, finished or not; empty for none. */
export async function lastOfficers(user: string, matter: number): Promise<number[]> {
  const records = (await recordsOf(user)).map((each) => ({ ...each, at: each.filledAt }))
  const drafts = (await draftsOf(user)).map((each) => ({ ...each, at: each.changedAt }))
  const told = [...records, ...drafts].filter((each) => each.matter === matter && each.officers.length > 1)
  return told.sort((one, other) => other.at.localeCompare(one.at))[0]?.officers ?? []
}

/** Note how a record stands. What was settled stays settled. */
export function noteState(id: string, state: RecordState, words: string): Promise<void> {
  return within(['records'], 'readwrite', async (store) => {
    const record = await asked(store('records').get(id) as IDBRequest<FieldRecord | undefined>)
    if (!record || SETTLED.includes(record.state)) return
    const settledAt = SETTLED.includes(state) ? new Date().toISOString() : ''
    await asked(store('records').put({ ...record, state, words, settledAt }))
  })
}

// ---- files ---------------------------------------------------------------------------------------

export async function keepBlob(user: string, sha256: string, blob: Blob): Promise<void> {
  const row: Blobbed = { key: blobKey(user, sha256), user, blob }
  await within(['blobs'], 'readwrite', (store) => asked(store('blobs').put(row)))
}

export async function blobOf(user: string, sha256: string): Promise<Blob | undefined> {
  const row = await within(['blobs'], 'readonly', (store) =>
    asked(store('blobs').get(blobKey(user, sha256)) as IDBRequest<Blobbed | undefined>),
  )
  return row?.blob
}

/** Forget files that neither a draft nor an open record names, and records settled before `before`. */
export function tidy(user: string, before: string): Promise<void> {
  return within(['drafts', 'records', 'blobs'], 'readwrite', async (store) => {
    const drafts = await ofUser<Draft>(store('drafts'), user)
    const records = await ofUser<FieldRecord>(store('records'), user)
    const wanted = new Set([...drafts, ...records.filter(isOpen)].flatMap((each) => each.files.map((file) => file.sha256)))
    const kept = (await asked(store('blobs').index('user').getAllKeys(user))) as string[]
    for (const key of kept) if (!wanted.has(key.slice(user.length + 1))) store('blobs').delete(key)
    for (const each of records) if (!isOpen(each) && each.settledAt < before) store('records').delete(each.id)
  })
}

// ---- packs ---------------------------------------------------------------------------------------

export async function keepPack(pack: Pack): Promise<void> {
  await within(['packs'], 'readwrite', (store) => asked(store('packs').put(pack)))
}

export function packsOf(user: string): Promise<Pack[]> {
  return within(['packs'], 'readonly', (store) => ofUser<Pack>(store('packs'), user))
}

export async function dropPack(key: string): Promise<void> {
  await within(['packs'], 'readwrite', (store) => asked(store('packs').delete(key)))
}

// ---- whose it is ---------------------------------------------------------------------------------

/** How much of other accounts lies here unsent: told, never shown. */
export function unsentOfOthers(user: string): Promise<number> {
  return within(['records', 'drafts'], 'readonly', async (store) => {
    const records = await asked(store('records').getAll() as IDBRequest<FieldRecord[]>)
    const drafts = await asked(store('drafts').getAll() as IDBRequest<Draft[]>)
    const open = records.filter((each) => each.user !== user && isUnsent(each))
    return open.length + drafts.filter((each) => each.user !== user).length
  })
}

/** Take away everything of an account, or all but what is unsent. */
export function wipe(user: string, everything: boolean): Promise<void> {
  const names: StoreName[] = ['drafts', 'records', 'packs', 'blobs', 'devices']
  return within(names, 'readwrite', async (store) => {
    for (const key of await asked(store('packs').index('user').getAllKeys(user))) store('packs').delete(key)
    for (const each of await ofUser<FieldRecord>(store('records'), user))
      if (everything || !isUnsent(each)) store('records').delete(each.id)
    if (!everything) return
    for (const name of ['drafts', 'blobs'] as const)
      for (const key of await asked(store(name).index('user').getAllKeys(user))) store(name).delete(key)
    store('devices').delete(user)
  })
}

/** For tests: the database as a fresh page finds it. */
export async function closed(): Promise<void> {
  ;(await opened)?.close()
  opened = undefined
}
