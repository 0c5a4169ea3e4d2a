/**
 * Larger letters, more contrast, one column: the elder-friendly mode, as tokens of the style
 * sheet (`data-mode="elder"` on the root), kept in a cookie like the theme.
 *
 * Without scripts the button sends its form, which sets the same cookie.
 *
 *   <button type="submit" name="mode" value="elder" data-elder-switch>长者模式</button>
 */
import { keepChoice } from '../page/cookie'
import { firstTime } from '../page/once'

export function enhanceElderSwitch(root: ParentNode): void {
  for (const button of firstTime(root, '[data-elder-switch]', 'elder-switch')) {
    label(button)
    button.addEventListener('click', (event) => {
      event.preventDefault()
      if (isElder()) delete document.documentElement.dataset['mode']
      else document.documentElement.dataset['mode'] = 'elder'
      keepChoice('zhihuan_mode', isElder() ? 'elder' : 'standard')
      label(button)
      window.dispatchEvent(new Event('resize'))
    })
  }
}

function isElder(): boolean {
  return document.documentElement.dataset['mode'] === 'elder'
}

function label(button: HTMLElement): void {
  button.setAttribute('aria-pressed', String(isElder()))
}
