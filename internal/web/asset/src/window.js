// The statement window over a list. It is a modal <dialog>; the address bar
// shows the statement while it is open, and closing goes back to the list,
// which was never left: its scroll, its search and the focus are as before.
import htmx from 'htmx.org'

const layer = document.getElementById('window')
let opener = null // what had the focus when the window opened
let listTitle = document.title
let source = '' // id of what the last swap came from; the swap may replace it
let fromSheet = false // it was the form of a sheet, not a part of it

export const statement = () => document.getElementById('statement')

// sheet is the sheet that is open over the window, if any.
export const sheet = () => document.querySelector('.sheet')

// sheetURL is where the open sheet came from.
export let sheetURL = ''

// openWindow shows the statement at url over the list and reports whether it
// could; when it could not the link is to be followed instead. Over an open
// window it is one step further.
export function openWindow(url, from) {
  if (!layer?.showModal) return false
  const depth = layer.open ? (history.state?.depth ?? 1) + 1 : 1
  if (!layer.open) {
    opener = from ?? document.activeElement
    listTitle = document.title
  }
  fill(url).then((shown) => {
    if (!shown) return
    history.pushState({ window: true, depth }, '', statement().dataset.url)
    unfold(new URL(url, location.href).hash.slice(1))
  })
  return true
}

// unfold opens the row that a link names and brings it into sight.
function unfold(id) {
  const row = id && layer.querySelector('#' + CSS.escape(id))
  if (!row) return
  row.open = true
  row.scrollIntoView({ block: 'nearest' })
}

// fill fetches the statement at url into the window and reports whether there
// was one.
async function fill(url) {
  await htmx.ajax('GET', url, { target: '#window', select: '#statement', swap: 'innerHTML' })
  if (!layer.firstElementChild) return false
  if (!layer.open) layer.showModal()
  sheetURL = sheet() ? url : ''
  focusIn(layer)
  changed()
  return true
}

// changed says that another patient, or none, may be on show now.
function changed() {
  document.dispatchEvent(new CustomEvent('window-changed'))
}

function focusIn(root) {
  const field = root.querySelector('[autofocus]')
  ;(field ?? root.querySelector('h1'))?.focus({ preventScroll: true })
}

function shut() {
  layer.replaceChildren()
  layer.close()
  document.title = listTitle
  const back = opener?.isConnected ? opener : opener?.id && document.getElementById(opener.id)
  opener = null
  back?.focus?.({ preventScroll: true })
  changed()
}

// closeWindow leaves the window by the history, so that "back" does not open
// it again.
function closeWindow() {
  if (history.state?.window) history.go(-(history.state.depth ?? 1))
  else shut()
}

addEventListener('popstate', (event) => {
  if (layer?.open && !event.state?.window) shut()
  else if (layer && event.state?.window) fill(location.href)
  else if (!layer?.open && statement()) location.reload()
})

layer?.addEventListener('cancel', (event) => {
  event.preventDefault()
  if (event.target === layer) escape()
})
layer?.addEventListener('click', (event) => event.target === layer && closeWindow())

// escape closes the innermost thing that is open: popover, sheet, window.
function escape() {
  const pop = document.querySelector('details[data-popover][open]')
  if (pop) {
    pop.open = false
    pop.querySelector('summary').focus()
    return true
  }
  const close = document.querySelector('[data-close-sheet]') ?? document.querySelector('.sheet header a.icon-btn') ?? statement()?.querySelector('[data-close]')
  close?.click()
  return Boolean(close)
}

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || event.defaultPrevented || document.querySelector('dialog[open]:not(.layer)')) return
  if (escape()) event.preventDefault()
})

document.addEventListener('click', (event) => {
  if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return
  const link = event.target.closest('a')
  if (link?.dataset.windowed !== undefined && openWindow(link.href, link)) {
    event.preventDefault()
  } else if (link?.dataset.close !== undefined && layer?.open) {
    event.preventDefault()
    closeWindow()
  } else if (link?.dataset.closeSheet !== undefined && (layer?.open || location.pathname + location.search === statement()?.dataset.url)) {
    event.preventDefault()
    document.getElementById('sheet').replaceChildren()
    document.querySelector('.quick a')?.focus({ preventScroll: true })
    changed()
  }
  for (const pop of document.querySelectorAll('details[data-popover][open]')) if (!pop.contains(event.target)) pop.open = false
})

// A part that is not in the answer (a problem page, the sign-in page) must not
// empty the window: a signed-out person signs in, others read what went wrong.
document.addEventListener('htmx:before:swap', (event) => {
  const { ctx, tasks } = event.detail
  source = ctx.sourceElement?.id
  fromSheet = Boolean(ctx.sourceElement?.matches?.('.sheet form'))
  if (!ctx.select || tasks[0]?.fragment?.childElementCount) return
  event.preventDefault()
  const page = new DOMParser().parseFromString(ctx.text, 'text/html')
  if (page.querySelector('[data-testid="form-login"]')) return location.reload()
  const title = page.querySelector('h1')?.textContent ?? document.body.dataset.offline
  document.dispatchEvent(new CustomEvent('toast', { detail: { text: title, tone: 'due' } }))
})

// A link inside the window changes the address; one more step to go back. What
// a colleague changed comes in beside what the person does: it moves nothing.
document.addEventListener('htmx:after:swap', (event) => {
  const { ctx } = event.detail
  if (ctx?.live) return
  const list = document.getElementById('patients')
  if (list && source === 'find' && list.dataset.url !== location.pathname + location.search) history.replaceState(history.state, '', list.dataset.url)
  const now = statement()
  if (!now || ctx?.target === layer) return
  if (ctx?.target?.id === 'sheet') sheetURL = ctx.request?.action ?? ''
  changed()
  const moved = now.dataset.url && now.dataset.url !== location.pathname + location.search
  if (moved && !document.querySelector('.sheet')) {
    const depth = (history.state?.depth ?? 0) + 1
    history.pushState(layer?.open ? { window: true, depth } : { depth }, '', now.dataset.url)
  }
  // What was refused goes on at the field to mend.
  const mend = fromSheet && now.querySelector('.sheet [autofocus]')
  if (mend) return mend.focus()
  const focused = document.activeElement
  if (focused && focused !== document.body && now.contains(focused)) return
  const same = source && document.getElementById(source)
  if (same) same.focus({ preventScroll: true })
  else focusIn(document.querySelector('.sheet') ?? now)
})
