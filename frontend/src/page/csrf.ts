/**
 * The key that every form carries (CSRF). Signing in anew beside an open page changes it: then all the
 * page's forms are given the new one, so that what was typed in them can still be sent.
 */
const FIELD = 'input[name="csrfmiddlewaretoken"]'
const HEADER = 'X-CSRFToken'

export function formKey(): string {
  return headers()[HEADER] ?? document.querySelector<HTMLInputElement>(FIELD)?.value ?? ''
}

export function renewFormKey(key: string): void {
  for (const field of document.querySelectorAll<HTMLInputElement>(FIELD)) field.value = key
  document.body.setAttribute('hx-headers', JSON.stringify({ ...headers(), [HEADER]: key }))
}

function headers(): Record<string, string> {
  return JSON.parse(document.body.getAttribute('hx-headers') ?? '{}') as Record<string, string>
}
