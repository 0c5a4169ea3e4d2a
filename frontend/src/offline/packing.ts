/** Takes a matter along: its pages and scripts into a cache, then what the list shows of it. */
import { cacheName, dropPages, keepPages } from './caches'
import { dropPack, keepPack, type Pack, type PackedStep } from './store'

interface Told {
  matter: number
  title: string
  party: string
  version: number
  state: string
  until: number
  pages: string[]
  assets: string[]
  steps: PackedStep[]
}

export async function takeAlong(user: string, url: string): Promise<Pack> {
  const answer = await fetch(url, { credentials: 'same-origin', cache: 'no-store' })
  if (!answer.ok || answer.redirected) throw new Error(`the pack was answered ${answer.status}`)
  const { assets, ...told } = (await answer.json()) as Told
  await keepPages(cacheName(user, told.matter), [...told.pages, ...assets])
  const pack: Pack = { ...told, key: `${user}:${told.matter}`, user, savedAt: new Date().toISOString() }
  await keepPack(pack)
  // a browser under pressure asks first before it throws away what was asked to persist
  await navigator.storage?.persist?.()
  return pack
}

export async function leaveBehind(pack: Pack): Promise<void> {
  await dropPack(pack.key)
  await dropPages(cacheName(pack.user, pack.matter))
}
