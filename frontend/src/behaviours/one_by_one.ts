/**
 * A long form asks one question a screen on a telephone, and leaves out what an earlier answer made needless.
 *
 *   <form>
 *     <div data-one-by-one>
 *       <div data-question="refuses"> … </div>
 *       <div data-question="refusal_reason" data-shown-when="refuses=yes"> … </div>
 *     </div>
 *     <p class="form-acts"><button type="submit"></button></p>
 *   </form>
 *
 * A question may hold further ones (the items of a checklist): then each of these is a screen. On wide screens
 * everything stands on one page, needless questions aside. Nothing is taken out of the form: what is not on the
 * screen is sent as it is.
 */
import { firstTime } from '../page/once'
import { isNeeded, leavesOf, questionsOf } from '../page/questions'
import { words } from '../text/words'

export function enhanceOneByOne(root: ParentNode): void {
  for (const element of firstTime(root, '[data-one-by-one]', 'one-by-one')) {
    const form = element.closest('form')
    // a page that shows the answers once more carries the questions unseen: there is nothing to walk
    if (form && !element.closest('[hidden]')) new Walk(element, form).start()
  }
}

class Walk {
  private readonly all: HTMLElement[]
  private readonly leaves: HTMLElement[]
  private readonly narrow = window.matchMedia('(max-width: 767px)')
  private readonly back = button(words().previousQuestion)
  private readonly on = button(words().nextQuestion)
  private readonly whole = button(words().allQuestions)
  private readonly place = document.createElement('span')
  private readonly bar = document.createElement('div')
  private here = 0
  private isWhole = false
  private isPrinted = false

  constructor(
    private readonly box: HTMLElement,
    private readonly form: HTMLFormElement,
  ) {
    this.all = questionsOf(box)
    this.leaves = leavesOf(box)
  }

  start(): void {
    this.bar.className = 'one-by-one'
    this.place.setAttribute('role', 'status')
    this.bar.append(this.back, this.place, this.on, this.whole)
    this.box.append(this.bar)
    this.back.addEventListener('click', () => this.step(-1))
    this.on.addEventListener('click', () => this.step(1))
    this.whole.addEventListener('click', () => {
      this.isWhole = true
      this.show()
    })
    this.narrow.addEventListener?.('change', () => this.show())
    // paper has no screens: all that was asked is printed
    window.addEventListener('beforeprint', () => this.print(true))
    window.addEventListener('afterprint', () => this.print(false))
    this.form.addEventListener('change', () => this.show())
    // what the browser finds wrong, and what a link of the error summary leads to, comes to the screen
    this.form.addEventListener('invalid', (event) => this.bring(event.target), true)
    this.form.addEventListener('click', (event) => this.follow(event))
    this.show()
    this.bring(this.asked().find((each) => each.querySelector('.field-error')) ?? null)
  }

  private asked(): HTMLElement[] {
    return this.leaves.filter((leaf) => isNeeded(leaf, this.form))
  }

  private step(by: number): void {
    this.here += by
    this.show()
    const leaf = this.asked()[this.here]
    leaf?.querySelector<HTMLElement>('input:not([type=hidden]), select, textarea, canvas, button')?.focus()
    leaf?.scrollIntoView?.({ block: 'nearest' })
  }

  private show(): void {
    const asked = this.asked()
    this.here = Math.min(Math.max(this.here, 0), asked.length - 1)
    const walks = this.narrow.matches && !this.isWhole && !this.isPrinted && asked.length > 1
    const current = asked[this.here]
    for (const each of this.all) {
      const holds = asked.some((leaf) => each.contains(leaf))
      each.hidden = !(walks ? current && each.contains(current) : holds)
    }
    this.bar.hidden = !walks
    this.back.disabled = this.here === 0
    this.on.hidden = this.here === asked.length - 1
    this.place.textContent = words().questionOf(this.here + 1, asked.length)
    for (const act of this.form.querySelectorAll<HTMLElement>('.form-acts [type=submit]')) {
      act.hidden = walks && this.here < asked.length - 1
    }
  }

  private print(isPrinted: boolean): void {
    this.isPrinted = isPrinted
    this.show()
  }

  private bring(target: EventTarget | null): void {
    const index = this.asked().findIndex((leaf) => target instanceof Node && (leaf.contains(target) || target.contains(leaf)))
    if (index < 0) return
    this.here = index
    this.show()
  }

  private follow(event: Event): void {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null
    const id = link?.getAttribute('href')?.slice(1)
    if (id) this.bring(document.getElementById(id))
  }
}

function button(text: string): HTMLButtonElement {
  const made = document.createElement('button')
  made.type = 'button'
  made.className = 'btn'
  made.textContent = text
  return made
}
