/** The paper of a record, made on the phone with or without a network: a PDF that can be left with the party at once. */
import { secondText } from '../../../text/beijing'
import { words } from '../../../text/words'
import { blocksOf, type FileTold } from './blocks'
import { laidOut } from './layout'
import { measureWith, painted } from './paint'
import { asPdf } from './pdf'

/** title: of the record; lead: lines on office, party and matter. Throws where the browser gives no canvas or cannot compress. */
export async function paperOf(form: HTMLFormElement, title: string, lead: string, files: readonly FileTold[]): Promise<File> {
  const now = new Date()
  const canvas = document.createElement('canvas')
  const pen = canvas.getContext('2d')
  if (!pen) throw new Error('the browser gives no canvas')
  const foot = words().visits.paperFoot(secondText(now.getTime() / 1000))
  const pages = laidOut(blocksOf(form, { title, lead, foot }, files), measureWith(pen), words().visits.paperPage)
  const pictures = pages.map((page) => painted(canvas, page))
  const pdf = await asPdf(pages, pictures, { title, made: now })
  return new File([pdf], `${title}.pdf`, { type: 'application/pdf' })
}
