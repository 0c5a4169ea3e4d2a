/** What becomes of what lies on the phone when its reader signs out. */
import { words } from '../text/words'
import { dropAllPages, dropPagesOfOthers } from './caches'
import { draftsOf, isUnsent, recordsOf, wipe } from './store'

type Choice = 'stay' | 'upload' | 'keep' | 'wipe'

/** Whether to sign out now; what had to go is gone then. */
export async function mayLeave(user: string): Promise<boolean> {
  const unsent = (await recordsOf(user)).filter(isUnsent).length + (await draftsOf(user)).length
  const choice = unsent ? await asked(unsent) : 'keep'
  if (choice === 'upload') window.location.assign('/visits/')
  if (choice === 'stay' || choice === 'upload') return false
  if (choice === 'wipe' && !window.confirm(words().visits.leaveWipeSure(unsent))) return false
  await dropAllPages(user)
  await dropPagesOfOthers(user)
  await wipe(user, choice === 'wipe')
  return true
}

function asked(unsent: number): Promise<Choice> {
  const said = words().visits
  const dialog = document.createElement('dialog')
  dialog.className = 'dialog'
  dialog.setAttribute('aria-labelledby', 'leaving-title')
  const title = document.createElement('h2')
  title.id = 'leaving-title'
  title.textContent = said.leaveTitle
  const head = document.createElement('div')
  head.className = 'dialog-head'
  head.append(title)
  const body = document.createElement('div')
  body.className = 'dialog-body'
  body.append(paragraph(said.leaveWords(unsent)))
  dialog.append(head, body)
  document.body.append(dialog)
  const choice = chosen(dialog, body)
  dialog.showModal()
  return choice
}

function chosen(dialog: HTMLDialogElement, body: HTMLElement): Promise<Choice> {
  const said = words().visits
  return new Promise((resolve) => {
    const end = (choice: Choice): void => {
      dialog.remove()
      resolve(choice)
    }
    body.append(
      act(said.leaveUpload, 'btn btn-primary', () => end('upload')),
      act(said.leaveKeep, 'btn', () => end('keep')),
      paragraph(said.leaveKeepHint),
      act(said.leaveWipe, 'btn btn-outline-danger', () => end('wipe')),
    )
    dialog.addEventListener('cancel', () => end('stay'))
  })
}

function act(text: string, look: string, choose: () => void): HTMLElement {
  const line = document.createElement('p')
  const button = document.createElement('button')
  button.type = 'button'
  button.className = look
  button.textContent = text
  button.addEventListener('click', choose)
  line.append(button)
  return line
}

function paragraph(text: string): HTMLElement {
  const made = document.createElement('p')
  made.textContent = text
  return made
}
