// What the pages do beyond links and forms. Every page works without this;
// with it, the statement opens over the list and answers come without a
// reload. Each file holds one thing.
import 'htmx.org'
import './window.js'
import './name-menu.js'
import './money-input.js'
import './date-input.js'
import './row-link.js'
import './keys.js'
import './list.js'
import './page.js'
import './preference.js'
import './register.js'
import './admit.js'
import './session.js'
import './live.js'
import './palette.js'
import './settings.js'
