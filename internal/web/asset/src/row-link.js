// A link to a row of another tab shows the row: it is scrolled to, unfolded
// and marked for a moment.
function show(id) {
  const row = id && document.getElementById(id)
  if (!row) return
  if (row.localName === 'details') row.open = true
  row.scrollIntoView({ block: 'center' })
  row.classList.add('found')
}

// The link itself is gone after the swap, so it is read before; rows of the
// same name have the classes of the old one until the swap settles.
const settled = 60
let wanted = ''
document.addEventListener('htmx:before:swap', ({ detail }) => {
  wanted = detail.ctx?.sourceElement?.getAttribute?.('href')?.split('#')[1] ?? ''
})
document.addEventListener('htmx:after:swap', () => {
  const id = wanted
  wanted = ''
  if (id) setTimeout(() => show(id), settled)
})
show(location.hash.slice(1))
