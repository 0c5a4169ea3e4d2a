import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { bytes, enhanceSecurityKey, readable, text } from './security_key'

const OPTIONS = '{"publicKey": {"challenge": "-_8", "allowCredentials": [{"type": "public-key", "id": "AQI"}]}}'

function form(): HTMLFormElement {
  document.body.innerHTML = `<form data-webauthn="get" data-options='${OPTIONS}' hidden>
    <input type="hidden" name="credential"><p data-webauthn-trouble hidden></p></form>`
  return document.querySelector('form') as HTMLFormElement
}

beforeEach(() => vi.stubGlobal('PublicKeyCredential', class {}))
afterEach(() => vi.unstubAllGlobals())

describe('bytes travel as base64url', () => {
  test.each([[[]], [[0]], [[251, 255]], [[1, 2, 3, 254]]])('%j comes back', (given) => {
    const told = text(Uint8Array.from(given).buffer)
    expect(told).not.toMatch(/[+/=]/)
    expect([...bytes(told)]).toEqual(given)
  })

  test('the options get their bytes', () => {
    const { publicKey } = readable(JSON.parse(OPTIONS) as never)
    expect(publicKey['challenge']).toEqual(Uint8Array.from([251, 255]))
    expect(publicKey['allowCredentials']).toEqual([{ type: 'public-key', id: Uint8Array.from([1, 2]) }])
  })
})

test('without WebAuthn the form stays hidden', () => {
  vi.stubGlobal('PublicKeyCredential', undefined)
  const shown = form()
  enhanceSecurityKey(document)
  expect(shown.hidden).toBe(true)
})

test('the answer of the key is sent', async () => {
  const response = { clientDataJSON: new ArrayBuffer(1), signature: new ArrayBuffer(2), userHandle: null }
  const made = { id: 'AQI', rawId: Uint8Array.from([1, 2]).buffer, type: 'public-key', response, getClientExtensionResults: () => ({}) }
  vi.stubGlobal('navigator', { credentials: { get: () => Promise.resolve(made) } })
  const shown = form()
  const sent = vi.spyOn(shown, 'submit').mockImplementation(() => undefined)
  enhanceSecurityKey(document)
  expect(shown.hidden).toBe(false)
  shown.dispatchEvent(new Event('submit', { cancelable: true }))
  await vi.waitFor(() => expect(sent).toHaveBeenCalledOnce())
  const told = JSON.parse((shown.elements.namedItem('credential') as HTMLInputElement).value) as Record<string, unknown>
  expect(told).toMatchObject({ id: 'AQI', rawId: 'AQI', response: { clientDataJSON: 'AA', signature: 'AAA' } })
  expect(told['response']).not.toHaveProperty('userHandle')
})

test('a refusal is told beside the button and nothing is sent', async () => {
  vi.stubGlobal('navigator', { credentials: { get: () => Promise.reject(new Error('NotAllowedError')) } })
  const shown = form()
  const sent = vi.spyOn(shown, 'submit').mockImplementation(() => undefined)
  enhanceSecurityKey(document)
  shown.dispatchEvent(new Event('submit', { cancelable: true }))
  const trouble = shown.querySelector('[data-webauthn-trouble]') as HTMLElement
  await vi.waitFor(() => expect(trouble.hidden).toBe(false))
  expect(trouble.textContent).not.toBe('')
  expect(sent).not.toHaveBeenCalled()
})
