/**
 * htmx under a strict Content-Security-Policy: no eval, no inline style, no foreign host.
 * Refuses `hx-boost`-like global navigation: only elements that say `hx-get` are touched.
 */
import htmx from 'htmx.org/dist/htmx.esm.js'

htmx.config.allowEval = false
htmx.config.allowScriptTags = false
htmx.config.includeIndicatorStyles = false
htmx.config.selfRequestsOnly = true
// A page restored from the browser's memory must be the page, never a fragment of it.
htmx.config.historyCacheSize = 0
htmx.config.refreshOnHistoryMiss = true
htmx.config.scrollBehavior = 'auto'
// A refusal (403, 409, 422) carries a page part that says why: show it.
htmx.config.responseHandling = [
  { code: '204', swap: false },
  { code: '[23]..', swap: true },
  { code: '4..', swap: true, error: false },
  { code: '...', swap: false, error: true },
]

export default htmx
