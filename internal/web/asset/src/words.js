// Persian number words and grouping, as package money writes them; a test
// compares the two.
const ones = ['', 'یک', 'دو', 'سه', 'چهار', 'پنج', 'شش', 'هفت', 'هشت', 'نه', 'ده', 'یازده', 'دوازده', 'سیزده', 'چهارده', 'پانزده', 'شانزده', 'هفده', 'هجده', 'نوزده']
const tens = ['', '', 'بیست', 'سی', 'چهل', 'پنجاه', 'شصت', 'هفتاد', 'هشتاد', 'نود']
const hundreds = ['', 'صد', 'دویست', 'سیصد', 'چهارصد', 'پانصد', 'ششصد', 'هفتصد', 'هشتصد', 'نهصد']
const scales = ['', ' هزار', ' میلیون', ' میلیارد', ' هزار میلیارد', ' میلیون میلیارد']
const and = ' و '

function below1000(n) {
  const parts = []
  if (n >= 100) parts.push(hundreds[Math.floor(n / 100)])
  const rest = n % 100
  if (rest >= 20) {
    parts.push(tens[Math.floor(rest / 10)])
    if (rest % 10) parts.push(ones[rest % 10])
  } else if (rest) parts.push(ones[rest])
  return parts.join(and)
}

// words writes a whole number from 0 to 10^15 in words.
export function words(n) {
  if (n === 0) return 'صفر'
  const parts = []
  for (let scale = 0; n > 0; scale++, n = Math.floor(n / 1000)) {
    const group = n % 1000
    if (group) parts.unshift(below1000(group) + scales[scale])
  }
  return parts.join(and)
}

const zero = { fa: 0x06f0, en: 0x30 }

// digits writes the Latin digits of text in the digits of lang.
export function digits(text, lang) {
  return text.replace(/[0-9]/g, (d) => String.fromCharCode((zero[lang] ?? zero.fa) + Number(d)))
}

// latin turns Persian and Arabic-Indic digits into Latin ones.
export function latin(text) {
  return text.replace(/[۰-۹]/g, (d) => d.charCodeAt(0) - 0x06f0).replace(/[٠-٩]/g, (d) => d.charCodeAt(0) - 0x0660)
}

// group puts separators between thousands of Latin digits.
export function group(text, lang) {
  return digits(text.replace(/\B(?=(\d{3})+(?!\d))/g, lang === 'en' ? ',' : '٬'), lang)
}

// inWords is the line under an amount in rials: words, and the toman view.
export function inWords(rials) {
  const toman = Math.floor(rials / 10)
  const left = rials % 10
  const parts = []
  if (toman || !left) parts.push(`${group(String(toman), 'fa')} تومان`)
  if (left) parts.push(`${digits(String(left), 'fa')} ریال`)
  return `${words(rials)} ریال = ${parts.join(and)}`
}

// tomansInWords is the same line where amounts are shown and typed in tomans.
export function tomansInWords(rials) {
  const toman = Math.floor(rials / 10)
  const left = rials % 10
  const parts = []
  if (toman || !left) parts.push(`${words(toman)} تومان`)
  if (left) parts.push(`${words(left)} ریال`)
  return `${parts.join(and)} = ${group(String(rials), 'fa')} ریال`
}
