// How a typed amount or share is understood, beside its field: 20万, 20w, ２０万 → ¥200,000; 0.7 → 0.7%. The server reads it again by the same rule.
const UNITS = { "": 1n, "元": 1n, k: 1_000n, "千": 1_000n, w: 10_000n, "万": 10_000n, "万元": 10_000n, "亿": 100_000_000n, "亿元": 100_000_000n }
const AMOUNT = /^[¥$]?\s*([+-]?)\s*¥?\s*([1-9]\d{0,2}(?:,\d{3})+|\d+)(?:\.(\d+))?\s*(万元|亿元|万|亿|千|元|[wk])?$/

const FIGURE = /^([+-]?)([1-9]\d{0,2}(?:,\d{3})+|\d+)(\.\d+)?\s*%?$/

/** Hundredths of a text, or null where it is no amount: exact, without floats. */
export function hundredths(text) {
  const plain = text.slice(0, 60).normalize("NFKC").trim().toLowerCase().replace("−", "-").replace("￥", "¥")
  const match = AMOUNT.exec(plain)
  if (!match) return null
  const [, sign, whole, part = "", unit = ""] = match
  const scale = 10n ** BigInt(part.length)
  const value = BigInt(whole.replaceAll(",", "") + part) * UNITS[unit] * 100n
  if (value % scale !== 0n) return null
  return sign === "-" ? -(value / scale) : value / scale
}

function written(amount, kind) {
  const size = amount < 0n ? -amount : amount
  const whole = (size / 100n).toString().replace(/\B(?=(\d{3})+$)/g, ",")
  const rest = size % 100n ? "." + String(size % 100n).padStart(2, "0") : ""
  return (amount < 0n ? "−" : "") + (kind === "money" ? "¥" : "") + whole + rest
}

/** A share in per cent as it is understood, or null where it is none. */
export function percent(text) {
  const match = FIGURE.exec(text.slice(0, 60).normalize("NFKC").trim().replace("−", "-"))
  if (!match) return null
  const whole = match[2].replaceAll(",", "").replace(/^0+(?=\d)/, "").replace(/\B(?=(\d{3})+$)/g, ",")
  return (match[1] === "-" ? "−" : "") + whole + (match[3] ?? "").replace(/\.?0+$/, "") + "%"
}

function read(text, kind) {
  if (kind === "percent") return percent(text)
  const amount = hundredths(text)
  return amount === null ? null : written(amount, kind)
}

function show(input) {
  const output = document.querySelector(`[data-read-as-of="${CSS.escape(input.id)}"]`)
  if (!output) return
  const text = input.value.trim()
  const amount = read(text, input.dataset.readAs)
  output.toggleAttribute("data-unclear-now", text !== "" && amount === null)
  output.textContent = text === "" ? "" : amount === null ? output.dataset.unclear : `${output.dataset.label} ${amount}`
}

function showAll() {
  document.querySelectorAll("[data-read-as]").forEach(show)
}

addEventListener("input", (event) => { if (event.target.matches?.("[data-read-as]")) show(event.target) })
document.addEventListener("page:changed", showAll)
showAll()
