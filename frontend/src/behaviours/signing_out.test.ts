import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { markUsed } from '../offline/marker'
import { enhanceSigningOut } from './signing_out'

const mayLeave = vi.fn<(user: string) => Promise<boolean>>()
vi.mock('../offline/leaving', () => ({ mayLeave: (user: string) => mayLeave(user) }))

let form: HTMLFormElement
let sent: number

beforeEach(() => {
  localStorage.clear()
  document.body.innerHTML = '<form method="post" action="/out" data-sign-out="7"><button>out</button></form>'
  form = document.querySelector('form')!
  sent = 0
  form.submit = () => { sent += 1 }
  enhanceSigningOut(document)
})
afterEach(() => mayLeave.mockReset())

function press(): boolean {
  return form.dispatchEvent(new Event('submit', { cancelable: true }))
}

it('signs out at once where nothing was ever taken along', () => {
  expect(press()).toBe(true)
  expect(mayLeave).not.toHaveBeenCalled()
})

it('asks about what lies on the phone first, and stays when the reader says so', async () => {
  markUsed()
  mayLeave.mockResolvedValueOnce(false)
  expect(press()).toBe(false)
  await vi.waitFor(() => expect(mayLeave).toHaveBeenCalledWith('7'))
  expect(sent).toBe(0)
  mayLeave.mockResolvedValueOnce(true)
  press()
  await vi.waitFor(() => expect(sent).toBe(1))
})

it('lets nobody be locked in when the store cannot be read', async () => {
  markUsed()
  vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  mayLeave.mockRejectedValueOnce(new Error('no database'))
  press()
  await vi.waitFor(() => expect(sent).toBe(1))
})
