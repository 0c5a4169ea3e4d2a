/**
 * Says a sentence to screen readers through the page's one live region (`#announcer`).
 * The same sentence twice is said twice, therefore the short emptying first.
 */
export function announce(sentence: string): void {
  const region = document.getElementById('announcer')
  if (!region) return
  region.textContent = ''
  window.setTimeout(() => {
    region.textContent = sentence
  }, 50)
}
