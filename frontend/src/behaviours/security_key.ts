/**
 * A form answered by a security key (WebAuthn): asks the browser, fills in the credential, sends.
 *
 *   <form method="post" data-webauthn="get" data-options='{"publicKey": …}' hidden>
 *     <input type="hidden" name="credential"> <button type="submit">使用安全密钥</button>
 *     <p data-webauthn-trouble hidden></p></form>
 */
import { firstTime } from '../page/once'
import { words } from '../text/words'

interface Described { id: string }
type Options = { publicKey: Record<string, unknown> }

export function enhanceSecurityKey(root: ParentNode): void {
  for (const element of firstTime(root, 'form[data-webauthn]', 'webauthn')) {
    if (!window.PublicKeyCredential) continue
    element.hidden = false
    element.addEventListener('submit', (event) => {
      event.preventDefault()
      void answer(element as HTMLFormElement)
    })
  }
}

async function answer(form: HTMLFormElement): Promise<void> {
  const options = readable(JSON.parse(form.dataset['options'] ?? '{}') as Options)
  try {
    const made =
      form.dataset['webauthn'] === 'create'
        ? await navigator.credentials.create(options as unknown as CredentialCreationOptions)
        : await navigator.credentials.get(options as unknown as CredentialRequestOptions)
    const field = form.elements.namedItem('credential') as HTMLInputElement
    field.value = JSON.stringify(written(made as PublicKeyCredential))
    form.submit()
  } catch {
    const trouble = form.querySelector<HTMLElement>('[data-webauthn-trouble]')
    if (trouble) Object.assign(trouble, { hidden: false, textContent: words().keyFailed })
  }
}

/** The options with their bytes: JSON carries them as base64url. */
export function readable(options: Options): Options {
  const key = { ...options.publicKey }
  key['challenge'] = bytes(key['challenge'] as string)
  if (key['user']) key['user'] = withId(key['user'] as Described)
  for (const name of ['excludeCredentials', 'allowCredentials'])
    if (key[name]) key[name] = (key[name] as Described[]).map(withId)
  return { publicKey: key }
}

function withId(each: Described): object {
  return { ...each, id: bytes(each.id) }
}

function written(made: PublicKeyCredential): object {
  const response: Record<string, unknown> = {}
  for (const name of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
    const value = (made.response as unknown as Record<string, ArrayBuffer | null | undefined>)[name]
    if (value) response[name] = text(value)
  }
  return {
    id: made.id,
    rawId: text(made.rawId),
    type: made.type,
    response,
    clientExtensionResults: made.getClientExtensionResults(),
  }
}

export function bytes(base64url: string): Uint8Array {
  const base64 = base64url.replace(/-/g, '+').replace(/_/g, '/')
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
}

export function text(buffer: ArrayBuffer): string {
  const base64 = btoa(String.fromCharCode(...new Uint8Array(buffer)))
  return base64.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
}
