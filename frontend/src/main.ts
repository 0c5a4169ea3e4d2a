/**
 * The one entry of every page: style, htmx, the small behaviours, and the loader of islands.
 *
 * It decides nothing and draws nothing. Every page works without it; what it adds is that
 * fragments arrive without a reload, and that a map or a chart appears where the server put
 * a `data-island` element.
 */
import './theme/index.scss'
import './page/htmx'
import { startBehaviours } from './page/behaviours'
import { startIslands } from './islands/loader'

startBehaviours()
startIslands(document)
