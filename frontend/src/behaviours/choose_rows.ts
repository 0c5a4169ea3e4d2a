/**
 * One box in the head of a table chooses all rows of the page; the bar of acts tells how many are
 * chosen and rests while there are none. Without scripts the rows' own boxes and the buttons work.
 *
 *   <input type="checkbox" data-choose-all="acts-x" hidden>
 *   <input type="checkbox" name="row" form="acts-x">
 *   <form id="acts-x"><span data-chosen-count hidden></span> <button>…</button></form>
 */
import { firstTime } from '../page/once'
import { words } from '../text/words'

export function enhanceChoosing(root: ParentNode): void {
  for (const head of firstTime(root, '[data-choose-all]', 'choose-rows') as HTMLInputElement[]) {
    const form = document.getElementById(head.dataset['chooseAll'] ?? '') as HTMLFormElement | null
    if (!form) continue
    head.hidden = false
    const told = () => tell(head, form)
    head.addEventListener('change', () => {
      for (const box of boxes(form)) box.checked = head.checked
      told()
    })
    for (const box of boxes(form)) box.addEventListener('change', told)
    told()
  }
}

function boxes(form: HTMLFormElement): HTMLInputElement[] {
  return [...document.querySelectorAll<HTMLInputElement>('input[name="row"]')].filter(
    (box) => box.getAttribute('form') === form.id,
  )
}

function tell(head: HTMLInputElement, form: HTMLFormElement): void {
  const all = boxes(form)
  const chosen = all.filter((box) => box.checked).length
  head.checked = chosen > 0 && chosen === all.length
  head.indeterminate = chosen > 0 && chosen < all.length
  const count = form.querySelector<HTMLElement>('[data-chosen-count]')
  if (count) {
    count.hidden = false
    count.textContent = words().rowsChosen(chosen)
  }
  for (const button of form.querySelectorAll('button')) button.disabled = chosen === 0
}
