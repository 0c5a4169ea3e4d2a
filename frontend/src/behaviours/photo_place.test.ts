import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { enhancePhotoPlaces } from './photo_place'

type Found = (place: { coords: { longitude: number; latitude: number; accuracy: number } }) => void
const ask = vi.fn<(found: Found, refused: () => void) => void>()

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-03T01:20:00Z') })
  document.body.innerHTML = `<div data-vault-file>
    <input type="file" data-states-place>
    ${['at', 'lon', 'lat', 'accuracy'].map((name) => `<input type="hidden" data-stated="${name}">`).join('')}
    <p data-stated-words></p></div>`
  Object.defineProperty(navigator, 'geolocation', { value: { getCurrentPosition: ask }, configurable: true })
  enhancePhotoPlaces(document)
})

afterEach(() => {
  vi.useRealTimers()
  ask.mockReset()
})

function choose(files: File[]): void {
  const input = document.querySelector<HTMLInputElement>('input[type=file]')
  Object.defineProperty(input, 'files', { value: files, configurable: true })
  input?.dispatchEvent(new Event('change'))
}

const photo = new File(['x'], 'a.jpg')
const stated = (name: string): string | undefined =>
  document.querySelector<HTMLInputElement>(`[data-stated="${name}"]`)?.value
const told = (): string | null | undefined => document.querySelector('[data-stated-words]')?.textContent

it('asks for no place before a file is chosen', () => {
  expect(ask).not.toHaveBeenCalled()
})

it('writes down when a file was chosen, in Beijing time, and where', () => {
  ask.mockImplementation((found) => found({ coords: { longitude: 113.42, latitude: 22.68, accuracy: 12.34 } }))
  choose([photo])
  expect(stated('at')).toBe('2026-11-03T09:20:00+08:00')
  expect([stated('lon'), stated('lat'), stated('accuracy')]).toEqual(['113.4200000', '22.6800000', '12.3'])
  expect(told()).toContain('113.42000')
})

it('keeps the time and says so when the place is refused', () => {
  ask.mockImplementation((_found, refused) => refused())
  choose([photo])
  expect(stated('at')).not.toBe('')
  expect(stated('lon')).toBe('')
  expect(told()).toContain('未取得')
})

it('takes back what it said when the file is taken back', () => {
  ask.mockImplementation((found) => found({ coords: { longitude: 113.42, latitude: 22.68, accuracy: 12 } }))
  choose([photo])
  choose([])
  expect([stated('at'), stated('lon'), told()]).toEqual(['', '', ''])
})
