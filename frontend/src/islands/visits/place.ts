/** What the server says of the page: whose it is, which matter and step it shows, where to talk to. */
import type { Addresses } from '../../offline/sending'

export interface Place {
  element: HTMLElement
  page: 'list' | 'visit' | 'form'
  user: string
  homeUrl: string
  loginUrl: string
  workerUrl: string
  addresses: Addresses
  /** 0 on the list */
  matter: number
  version: number
}

export function placeOf(element: HTMLElement): Place {
  const told = element.dataset
  return {
    element,
    page: told['page'] as Place['page'],
    user: told['user'] ?? '',
    homeUrl: told['homeUrl'] ?? '',
    loginUrl: told['loginUrl'] ?? '',
    workerUrl: told['workerUrl'] ?? '',
    addresses: { state: told['stateUrl'] ?? '', sync: told['syncUrl'] ?? '', record: told['recordUrl'] ?? '' },
    matter: Number(told['matter'] ?? 0),
    version: Number(told['version'] ?? 0),
  }
}
