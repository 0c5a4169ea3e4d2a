/**
 * A photograph chosen in the page carries when it was chosen and where the device was, beside its EXIF.
 *
 *   <div data-vault-file>
 *     <input type="file" capture="environment" data-states-place>
 *     <input type="hidden" data-stated="at"> … "lon" "lat" "accuracy"
 *     <p data-stated-words role="status"></p>
 *   </div>
 *
 * The place is asked of the browser when a file is chosen, and only then. Refused, unknown or too
 * late: the file is sent without it; nothing waits for it.
 */
import { firstTime } from '../page/once'
import { isoText } from '../text/beijing'
import { words } from '../text/words'

const WAIT_MS = 20_000

export function enhancePhotoPlaces(root: ParentNode): void {
  for (const element of firstTime(root, 'input[data-states-place]', 'photo-place')) {
    element.addEventListener('change', () => state(element as HTMLInputElement))
  }
}

function state(input: HTMLInputElement): void {
  const box = input.closest<HTMLElement>('[data-vault-file]')
  if (!box) return
  for (const name of ['at', 'lon', 'lat', 'accuracy']) write(box, name, '')
  tell(box, '')
  if (!input.files?.length) return
  write(box, 'at', isoText(Math.floor(Date.now() / 1000)))
  if (!('geolocation' in navigator)) return tell(box, words().placeUnknown)
  tell(box, words().placeAsked)
  navigator.geolocation.getCurrentPosition(
    (found) => stated(box, found.coords),
    () => tell(box, words().placeUnknown),
    { enableHighAccuracy: true, timeout: WAIT_MS, maximumAge: 60_000 },
  )
}

function stated(box: HTMLElement, place: GeolocationCoordinates): void {
  write(box, 'lon', place.longitude.toFixed(7))
  write(box, 'lat', place.latitude.toFixed(7))
  write(box, 'accuracy', place.accuracy.toFixed(1))
  tell(box, words().placeStated(place.longitude.toFixed(5), place.latitude.toFixed(5), Math.round(place.accuracy)))
  // a form that saves itself hears of what nobody typed
  box.dispatchEvent(new Event('input', { bubbles: true }))
}

function write(box: HTMLElement, name: string, value: string): void {
  const field = box.querySelector<HTMLInputElement>(`input[data-stated="${name}"]`)
  if (field) field.value = value
}

function tell(box: HTMLElement, text: string): void {
  const place = box.querySelector('[data-stated-words]')
  if (place) place.textContent = text
}
