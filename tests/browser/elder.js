// What a page in elder mode falls short of, as [what, words, element]: letters below 18 px, text
// below 7 : 1 on its ground, targets below 44 px. Links inside a sentence are no targets (WCAG 2.5.5).
() => {
  const SMALLEST_LETTER = 18
  const LEAST_CONTRAST = 7
  const SMALLEST_TARGET = 43.9 // 44, a rounding of the layout aside
  const found = []

  const ink = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
  const known = new Map()
  const colour = (text) => {
    if (!known.has(text)) {
      ink.clearRect(0, 0, 1, 1)
      ink.fillStyle = text
      ink.fillRect(0, 0, 1, 1)
      const [r, g, b, a] = ink.getImageData(0, 0, 1, 1).data
      known.set(text, [r, g, b, a / 255])
    }
    return known.get(text)
  }
  const over = (top, below, alpha) => [0, 1, 2].map((i) => top[i] * alpha + below[i] * (1 - alpha))
  const ancestors = function* (el) {
    for (let at = el; at; at = at.parentElement) yield at
  }
  const groundOf = (el) => {
    const layers = []
    for (const at of ancestors(el)) {
      const layer = colour(getComputedStyle(at).backgroundColor)
      layers.push(layer)
      if (layer[3] === 1) break
    }
    return layers.reverse().reduce((below, top) => over(top, below, top[3]), [255, 255, 255])
  }
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((each) => {
      const share = each / 255
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const contrastOf = (el, style) => {
    const below = groundOf(el)
    const faded = [...ancestors(el)].reduce((all, at) => all * getComputedStyle(at).opacity, 1)
    const text = colour(style.color)
    const pair = [luminance(over(text, below, text[3] * faded)), luminance(below)]
    return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05)
  }

  const isSeen = (el) => {
    const box = el.getBoundingClientRect()
    const shown = el.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    return shown && box.width > 2 && box.height > 2 && !el.closest('.visually-hidden, .skip-link')
  }
  const named = (el) => `${el.tagName.toLowerCase()}.${el.className} in ${el.parentElement.className}`
  const words = (el) => el.textContent.trim().replace(/\s+/g, ' ').slice(0, 30)

  const texts = new Set()
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node; (node = walker.nextNode()); ) if (node.data.trim()) texts.add(node.parentElement)
  for (const el of texts) {
    if (el.closest('svg, script, :disabled, [aria-disabled=true]') || !isSeen(el)) continue
    const style = getComputedStyle(el)
    const size = parseFloat(style.fontSize)
    if (size < SMALLEST_LETTER) found.push(['letters', `${size} px: ${words(el)}`, named(el)])
    const contrast = contrastOf(el, style)
    if (contrast < LEAST_CONTRAST) {
      found.push(['contrast', `${contrast.toFixed(2)}: ${words(el)}`, named(el)])
    }
  }

  const isInSentence = (el) => {
    if (el.tagName !== 'A' || getComputedStyle(el).display !== 'inline') return false
    const block = el.closest('p, li, dd, td, div, small') ?? el.parentElement
    const beside = [...block.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE)
    return beside.some((node) => node.data.trim() !== '')
  }
  const sizeOf = (el) => {
    const labels = ['checkbox', 'radio'].includes(el.type) ? [...el.labels] : []
    const boxes = [el, ...labels].map((each) => each.getBoundingClientRect())
    const width = Math.max(...boxes.map((b) => b.right)) - Math.min(...boxes.map((b) => b.left))
    const height = Math.max(...boxes.map((b) => b.bottom)) - Math.min(...boxes.map((b) => b.top))
    return [width, height]
  }
  const TARGETS = 'a[href], button, input:not([type=hidden]), select, textarea, summary'
  for (const el of document.querySelectorAll(TARGETS)) {
    if (!isSeen(el) || el.disabled || isInSentence(el)) continue
    const [width, height] = sizeOf(el)
    if (Math.min(width, height) < SMALLEST_TARGET) {
      found.push(['target', `${width.toFixed(0)} × ${height.toFixed(0)}: ${words(el)}`, named(el)])
    }
  }
  return { found, letters: texts.size }
}
