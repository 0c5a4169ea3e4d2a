/**
 * A button whose act cannot be taken back asks first, in the browser's own words box. The server
 * decides all the same; without scripts it is not asked.
 *
 *   <button type="submit" data-confirm="确定撤销所选命令？">
 */
import { firstTime } from '../page/once'

export function enhanceConfirming(root: ParentNode): void {
  for (const button of firstTime(root, '[data-confirm]', 'confirm')) {
    button.addEventListener('click', (event) => {
      if (!window.confirm(button.dataset['confirm'])) event.preventDefault()
    })
  }
}
