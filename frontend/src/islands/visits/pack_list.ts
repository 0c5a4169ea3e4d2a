/** 已下载的事项: what was taken along, until when it may be read, and its way off the phone again. */
import { cacheName, keepPages } from '../../offline/caches'
import { leaveBehind, takeAlong } from '../../offline/packing'
import { packsOf, recordsOf, SETTLED, type Pack } from '../../offline/store'
import { minuteText } from '../../text/beijing'
import { words } from '../../text/words'
import type { Place } from './place'
import { button, empty, hint, link, list } from './record_list'

export class PackList {
  private readonly box: HTMLElement | null
  private isRenewing = false

  constructor(private readonly place: Place) {
    this.box = place.element.querySelector('[data-visit-packs]')
  }

  async show(): Promise<void> {
    if (!this.box) return
    const packs = await packsOf(this.place.user)
    packs.sort((one, other) => other.savedAt.localeCompare(one.savedAt))
    const rows = packs.map((each) => this.row(each))
    this.box.replaceChildren(rows.length ? list(rows) : empty(words().visits.noPacks))
  }

  private row(pack: Pack): HTMLElement {
    const made = document.createElement('li')
    made.className = 'task'
    made.dataset['visitPack'] = String(pack.matter)
    const told = document.createElement('div')
    told.className = 'task-words'
    const url = `${this.place.homeUrl}of/${pack.matter}/`
    const till = words().visits.takenTill(minuteText(pack.until))
    told.append(link(url, pack.title), hint([pack.party, till].filter(Boolean).join(' · ')))
    const leave = button(words().visits.leave)
    leave.addEventListener('click', () => void leaveBehind(pack).then(() => this.show()))
    made.append(told, leave)
    return made
  }

  /** What was sent moved its matter on: the copies here are to show it as it is now. */
  async renew(): Promise<void> {
    if (this.isRenewing) return
    this.isRenewing = true
    try {
      const records = await recordsOf(this.place.user)
      for (const pack of await packsOf(this.place.user)) {
        const isStale = records.some((each) =>
          each.matter === pack.matter && SETTLED.includes(each.state) && each.settledAt > pack.savedAt)
        if (isStale) await takeAlong(this.place.user, `${this.place.homeUrl}of/${pack.matter}/pack/`)
      }
      await this.show()
    } catch {
      // cut off again, or the matter is beyond one's reach now: the copy stays as it was
    } finally {
      this.isRenewing = false
    }
  }
}

/** The list itself opens without a network, too. */
export async function keepHome(place: Place): Promise<void> {
  const assets = (place.element.dataset['assets'] ?? '').split(' ').filter(Boolean)
  await keepPages(cacheName(place.user, 'home'), [place.homeUrl, ...assets])
}
