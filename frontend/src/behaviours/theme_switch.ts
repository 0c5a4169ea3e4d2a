/**
 * Light or dark, kept in a cookie so that the server renders the next page right at once.
 *
 * Without scripts the button sends its form, which sets the same cookie.
 *
 *   <button type="submit" name="theme" value="dark" data-theme-switch>深色</button>
 */
import { keepChoice } from '../page/cookie'
import { firstTime } from '../page/once'
import { words } from '../text/words'

export function enhanceThemeSwitch(root: ParentNode): void {
  for (const button of firstTime(root, '[data-theme-switch]', 'theme-switch')) {
    label(button)
    button.addEventListener('click', (event) => {
      event.preventDefault()
      const theme = isDark() ? 'light' : 'dark'
      document.documentElement.dataset['bsTheme'] = theme
      keepChoice('zhihuan_theme', theme)
      label(button)
      document.dispatchEvent(new CustomEvent('zhihuan:theme'))
    })
  }
}

function isDark(): boolean {
  return document.documentElement.dataset['bsTheme'] === 'dark'
}

function label(button: HTMLElement): void {
  button.textContent = isDark() ? words().light : words().dark
  button.title = isDark() ? words().toLight : words().toDark
}
