// What of a page axe could judge, told from its source without showing it: its links and its parts.
//
// A part is an element within its ancestors: names, classes, roles and states, which is all that styles and most
// rules ask; of the element itself also which attributes it has, whether it has words, a name, an existing target.
// What concerns the page as a whole (headings, landmarks, title, language, doubled ids) is told as parts of their
// own. What only geometry decides - a longer word in the same cell - is not told: the unshared walk looks there.
async path => {
  const answer = await fetch(path)
  if (!answer.headers.get('content-type')?.startsWith('text/html')) {
    return { status: answer.status, url: answer.url, links: [], parts: [] }
  }
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  for (const each of page.querySelectorAll('noscript')) each.remove()

  const all = [...page.querySelectorAll('*')]
  const states = /^(role|type|lang|dir|open|hidden|disabled|readonly|required|checked|multiple|scope|data-.*|aria-(current|expanded|hidden|invalid|live|modal|pressed|selected|sort|disabled))$/
  const targets = ['for', 'aria-labelledby', 'aria-describedby', 'aria-controls', 'headers', 'list']
  const short = text => (/^[a-z-]{0,20}$/.test(text) ? text : '*')
  const chains = new Map([[null, '']])

  const own = el => {
    const said = [...el.attributes].filter(a => states.test(a.name)).map(a => `${a.name}=${short(a.value)}`)
    return [el.localName, ...[...el.classList].sort(), ...said.sort()].join('.')
  }
  const exists = (el, name) => el.getAttribute(name).split(/\s+/).every(id => page.getElementById(id))
  const label = el => el.labels?.length > 0 || ['aria-label', 'title'].some(name => el.getAttribute(name)?.trim())
  const facts = el => [
    ...[...el.attributes].map(a => `${a.name}${a.value.trim() ? '' : '!'}`).sort(),
    ...targets.filter(name => el.hasAttribute(name)).map(name => `${name}:${exists(el, name)}`),
    el.getAttribute('href')?.startsWith('#') ? `anchor:${!!page.getElementById(el.getAttribute('href').slice(1))}` : '',
    el.textContent.trim() ? 'words' : '',
    label(el) ? 'label' : '',
    el.tabIndex,
  ]

  const parts = new Set()
  for (const el of all) {
    chains.set(el, `${chains.get(el.parentElement)}>${own(el)}`)
    parts.add(`${chains.get(el)}|${facts(el)}`)
  }
  const headings = [...page.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(el => el.localName)
  headings.forEach((each, at) => parts.add(`heading ${headings[at - 1]} ${each}`))
  parts.add(`h1 ${headings.filter(each => each === 'h1').length}`)
  const marks = page.querySelectorAll('header, nav, main, aside, footer, section[aria-label], [role]')
  const named = [...marks].map(el => `${own(el)} ${el.getAttribute("aria-label") ?? ""}`)
  for (const each of named) parts.add(`landmark ${each.split(" ")[0]} ${named.filter(other => other === each).length > 1}`)
  const ids = all.map(el => el.id).filter(Boolean)
  parts.add(`page ${!!page.title.trim()} ${page.documentElement.lang} ${new Set(ids).size === ids.length}`)

  const base = new URL(answer.url)
  const links = [...page.querySelectorAll('a[href]:not([download])')]
    .map(a => new URL(a.getAttribute('href'), base))
    .filter(url => url.origin === base.origin && !url.hash)
    .map(url => url.pathname + url.search)
  return { status: answer.status, url: answer.url, links: [...new Set(links)], parts: [...parts] }
}
