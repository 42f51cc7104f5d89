// A link to a row of another tab shows the row: it is scrolled to, unfolded
// and marked for a moment.
function show(id) {
  const row = id && document.getElementById(id)
  if (!row) return
  if (row.localName === 'details') row.open = true
  row.scrollIntoView({ block: 'center' })
  row.classList.add('found')
}

document.addEventListener('htmx:after:swap', ({ detail }) => show(detail.ctx?.sourceElement?.getAttribute?.('href')?.split('#')[1]))
show(location.hash.slice(1))
