// The choice of colours shows at once; the form keeps it for this device.
document.addEventListener('change', ({ target }) => {
  if (target.name === 'theme' && target.closest('.prefer')) document.documentElement.dataset.theme = target.value
})
