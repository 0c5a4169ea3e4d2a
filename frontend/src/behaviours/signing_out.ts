/**
 * Signing out takes matters that were taken along off the phone, but never something unsent without a
 * word: then the reader chooses to send first, to keep it for themselves, or to delete it.
 *
 *   <form method="post" action="…/logout/" data-sign-out="7">
 *
 * Browsers that never took anything along sign out at once and load nothing.
 */
import { wasUsed } from '../offline/marker'
import { firstTime } from '../page/once'

export function enhanceSigningOut(root: ParentNode): void {
  for (const element of firstTime(root, 'form[data-sign-out]', 'signing-out')) {
    element.addEventListener('submit', (event) => {
      if (!wasUsed()) return
      event.preventDefault()
      void leave(element as HTMLFormElement)
    })
  }
}

async function leave(form: HTMLFormElement): Promise<void> {
  try {
    const { mayLeave } = await import('../offline/leaving')
    if (!(await mayLeave(form.dataset['signOut'] ?? ''))) return
  } catch (error) {
    console.warn('what lies on this phone could not be looked at', error)
  }
  form.submit() // past this listener
}
