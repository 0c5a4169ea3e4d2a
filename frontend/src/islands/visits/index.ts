/**
 * A visit on the phone: what lies here and how it stands, matters to take along, forms that save
 * themselves. The server's page stays; this fills its places and keeps sending what waits.
 */
import { dropPagesOfOthers } from '../../offline/caches'
import { markUsed } from '../../offline/marker'
import { Queue } from '../../offline/queue'
import { tidyExpired } from '../../offline/expiry'
import { words } from '../../text/words'
import type { Island } from '../loader'
import { Connection } from './connection'
import { startForm } from './form'
import { keepHome, PackList } from './pack_list'
import { placeOf, type Place } from './place'
import { RecordList } from './record_list'
import { markSteps } from './step_marks'
import { wireTakeButtons } from './take_buttons'

export async function start(element: HTMLElement): Promise<Island> {
  const place = placeOf(element)
  if (!('caches' in window) || !('serviceWorker' in navigator) || !('indexedDB' in window)) {
    element.querySelector('[data-visit-connection]')!.textContent = words().visits.unable
    return { stop: () => undefined }
  }
  markUsed()
  await navigator.serviceWorker.register(place.workerUrl)
  await dropPagesOfOthers(place.user)
  await tidyExpired(place.user)
  return await startPage(place)
}

async function startPage(place: Place): Promise<Island> {
  const connection = new Connection(place)
  const records = new RecordList(place)
  const packs = new PackList(place)
  const show = async (): Promise<void> => {
    await Promise.all([records.show(), packs.show(), markSteps(place)])
  }
  const queue = new Queue(place.user, place.addresses, (outcome) => {
    void connection.tell(outcome)
    void show().then(() => (outcome === 'done' ? packs.renew() : undefined))
  })
  wireTakeButtons(place, show)
  place.element.querySelector<HTMLButtonElement>('[data-visit-sync]')?.addEventListener('click', queue.now)
  await show()
  if (place.page === 'form') await startForm(place)
  queue.start()
  if (place.page === 'list') void keepHome(place).catch(() => undefined) // no network: what there is stays
  return {
    stop: () => {
      queue.stop()
      connection.stop()
    },
  }
}
