/**
 * Pages as a PDF 1.4 file (ISO 32000-1): each the picture that was painted, and over it the same text unseen
 * (text rendering mode 3), so that it can be searched, copied and read aloud. No font goes into the file: unseen
 * text needs none, and its characters are named by UTF-16 code units with a table back to Unicode.
 */
import { PAGE, type Line, type Page } from './layout'
import type { Picture } from './paint'

export interface About {
  title: string
  /** UTC. */
  made: Date
}

/** pictures: one a page, in order. Compresses by the browser itself, whose "deflate" is what PDF calls FlateDecode. */
export async function asPdf(pages: readonly Page[], pictures: readonly Picture[], about: About): Promise<Blob> {
  const file = new Body()
  const [catalog, tree, font, cid, table] = [file.reserve(), file.reserve(), file.reserve(), file.reserve(), file.reserve()]
  const leaves: number[] = []
  for (const [index, picture] of pictures.entries()) {
    const image = file.reserve()
    const { width, height } = picture
    await file.stream(image, picture.shades,
      `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceGray /BitsPerComponent 2`)
    const content = file.reserve()
    await file.stream(content, ascii(drawing(pages[index]?.lines ?? [])))
    const leaf = file.reserve()
    file.object(leaf, `<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 ${PAGE.width} ${PAGE.height}] /Contents ${content} 0 R ` +
      `/Resources << /XObject << /P ${image} 0 R >> /Font << /F ${font} 0 R >> >> >>`)
    leaves.push(leaf)
  }
  file.object(catalog, `<< /Type /Catalog /Pages ${tree} 0 R /Lang (zh-CN) /ViewerPreferences << /DisplayDocTitle true >> >>`)
  file.object(tree, `<< /Type /Pages /Count ${leaves.length} /Kids [${leaves.map((each) => `${each} 0 R`).join(' ')}] >>`)
  file.object(font, `<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /Identity-H /DescendantFonts [${cid} 0 R] /ToUnicode ${table} 0 R >>`)
  file.object(cid, '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) ' +
    '/Supplement 0 >> /DW 1000 /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -120 1000 880] ' +
    '/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >> >>')
  await file.stream(table, ascii(TO_UNICODE))
  const info = file.reserve()
  file.object(info, `<< /Title <${utf16(`\ufeff${about.title}`)}> /Producer (zhihuan) /CreationDate (D:${pdfDate(about.made)}) >>`)
  return file.whole(catalog, info)
}

/** The picture first, then every line at its place, as wide as its letters are on the picture. */
function drawing(lines: readonly Line[]): string {
  return [`q ${PAGE.width} 0 0 ${PAGE.height} 0 0 cm /P Do Q`, ...lines.filter((line) => line.text).map(unseen)].join('\n')
}

function unseen(line: Line): string {
  // every letter counts a whole em, so the line is squeezed
  const percent = (100 * line.width) / (line.size * line.text.length)
  const place = `1 0 0 1 ${line.x.toFixed(2)} ${(PAGE.height - line.y).toFixed(2)} Tm`
  return `BT /F ${line.size} Tf 3 Tr ${percent.toFixed(2)} Tz ${place} <${utf16(line.text)}> Tj ET`
}

/** A two-byte code is the UTF-16 unit itself. */
const TO_UNICODE = [
  '/CIDInit /ProcSet findresource begin', '12 dict begin', 'begincmap',
  '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
  '/CMapName /Adobe-Identity-UCS def', '/CMapType 2 def',
  '1 begincodespacerange', '<0000> <FFFF>', 'endcodespacerange',
  // a range may not cross the last byte (ISO 32000-1 §9.10.3), and a block holds a hundred at most
  ...[0, 100, 200].flatMap((first) => {
    const rows = Array.from({ length: Math.min(100, 256 - first) }, (_each, index) => (first + index).toString(16).padStart(2, '0'))
    return [`${rows.length} beginbfrange`, ...rows.map((high) => `<${high}00> <${high}FF> <${high}00>`), 'endbfrange']
  }),
  'endcmap', 'CMapName currentdict /CMap defineresource pop', 'end', 'end',
].join('\n')

class Body {
  private readonly parts: BlobPart[] = []
  private readonly starts: number[] = [0]
  private size = 0

  constructor() {
    // four bytes above 127 tell programs that carry files that this one is not text
    this.add(new Uint8Array([...ascii('%PDF-1.4\n%'), 0xe2, 0xe3, 0xcf, 0xd3, 10]))
  }

  reserve(): number {
    return this.starts.push(0) - 1
  }

  object(number: number, content: string): void {
    this.starts[number] = this.size
    this.add(ascii(`${number} 0 obj\n${content}\nendobj\n`))
  }

  async stream(number: number, bytes: Uint8Array<ArrayBuffer>, about = ''): Promise<void> {
    const packed = await deflated(bytes)
    this.starts[number] = this.size
    this.add(ascii(`${number} 0 obj\n<< ${about} /Filter /FlateDecode /Length ${packed.length} >>\nstream\n`))
    this.add(packed)
    this.add(ascii('\nendstream\nendobj\n'))
  }

  whole(catalog: number, info: number): Blob {
    const count = this.starts.length
    const rows = this.starts.slice(1).map((start) => `${String(start).padStart(10, '0')} 00000 n \n`)
    const end = `xref\n0 ${count}\n0000000000 65535 f \n${rows.join('')}` +
      `trailer\n<< /Size ${count} /Root ${catalog} 0 R /Info ${info} 0 R >>\nstartxref\n${this.size}\n%%EOF\n`
    return new Blob([...this.parts, ascii(end)], { type: 'application/pdf' })
  }

  private add(bytes: Uint8Array<ArrayBuffer>): void {
    this.parts.push(bytes)
    this.size += bytes.length
  }
}

async function deflated(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate'))
  return new Uint8Array(await new Response(packed).arrayBuffer())
}

function ascii(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0))
}

function utf16(text: string): string {
  return Array.from({ length: text.length }, (_each, index) => text.charCodeAt(index).toString(16).padStart(4, '0')).join('')
}

function pdfDate(date: Date): string {
  return `${date.toISOString().replace(/\D/g, '').slice(0, 14)}Z`
}
