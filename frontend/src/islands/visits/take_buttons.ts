/** 下载到手机: the buttons of the list and of a matter's page. */
import { isExpired } from '../../offline/expiry'
import { takeAlong } from '../../offline/packing'
import { packsOf } from '../../offline/store'
import { announce } from '../../page/announce'
import { minuteText } from '../../text/beijing'
import { words } from '../../text/words'
import type { Place } from './place'

export function wireTakeButtons(place: Place, changed: () => Promise<void>): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-visit-take]')) {
    button.hidden = false
    button.addEventListener('click', () => void take(place, button, changed))
    void label(place, button)
  }
  document.querySelector<HTMLElement>('[data-visit-take][data-wanted]')?.focus()
}

async function take(place: Place, button: HTMLButtonElement, changed: () => Promise<void>): Promise<void> {
  button.disabled = true
  say(button, words().visits.taking)
  try {
    const pack = await takeAlong(place.user, button.dataset['visitTake'] ?? '')
    say(button, words().visits.taken(minuteText(pack.until)))
    await changed()
  } catch (error) {
    console.warn('the matter was not taken along', error)
    say(button, words().visits.notTaken)
  } finally {
    button.disabled = false
  }
}

async function label(place: Place, button: HTMLButtonElement): Promise<void> {
  const packs = await packsOf(place.user)
  const isThere = packs.some((each) => button.dataset['visitTake']?.endsWith(`/of/${each.matter}/pack/`) && !isExpired(each))
  if (isThere && button.firstChild) button.firstChild.textContent = words().visits.takeAgain
}

function say(button: HTMLButtonElement, sentence: string): void {
  const line = (button.nextElementSibling as HTMLElement | null) ?? document.createElement('span')
  line.className = 'field-hint'
  line.textContent = sentence
  button.after(line)
  announce(sentence)
}
