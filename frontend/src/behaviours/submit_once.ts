/**
 * A form that orders something is sent once: its buttons rest until the answer is there.
 *
 *   <form method="post" data-submit-once>
 */
import { firstTime } from '../page/once'

export function enhanceOnce(root: ParentNode): void {
  for (const element of firstTime(root, 'form[data-submit-once]', 'submit-once')) {
    const form = element as HTMLFormElement
    form.addEventListener('submit', (event) => {
      if (form.getAttribute('aria-busy') === 'true') event.preventDefault()
      else rest(form)
    })
    form.addEventListener('htmx:afterRequest', () => wake(form))
    window.addEventListener('pageshow', () => wake(form))
  }
}

function rest(form: HTMLFormElement): void {
  form.setAttribute('aria-busy', 'true')
  // after the browser has read the pressed button's own name and value
  window.setTimeout(() => {
    for (const button of buttons(form)) button.disabled = true
  })
}

function wake(form: HTMLFormElement): void {
  form.removeAttribute('aria-busy')
  for (const button of buttons(form)) button.disabled = false
}

function buttons(form: HTMLFormElement): NodeListOf<HTMLButtonElement> {
  return form.querySelectorAll<HTMLButtonElement>('button[type="submit"], button:not([type])')
}
