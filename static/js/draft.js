// form[data-draft="key"]: typed text outlives a reload, an ended session and a reopened tab (this tab only; gone at sign-out).
// A sent draft is kept until another page shows that it arrived; the sign-in page in between is no such page.
const PREFIX = "dengta.draft."
const FIELDS = "input:not([type=hidden], [type=password], [type=file], [type=submit]), textarea, select"

function keyOf(form) {
  return PREFIX + form.dataset.draft
}

function fieldsOf(form) {
  return [...form.querySelectorAll(FIELDS)].filter((field) => field.name)
}

function remember(form, sent) {
  const values = fieldsOf(form).map((field) => [field.name, field.matches("[type=checkbox], [type=radio]") ? field.checked : field.value])
  sessionStorage.setItem(keyOf(form), JSON.stringify({ sent, values }))
}

function restore(form) {
  const kept = JSON.parse(sessionStorage.getItem(keyOf(form)) ?? "null")
  if (!kept || form.querySelector("[aria-invalid=true]")) return
  const fields = fieldsOf(form)
  if (fields.length !== kept.values.length) return
  fields.forEach((field, index) => {
    const [name, value] = kept.values[index]
    if (field.name !== name) return
    if (typeof value === "boolean") field.checked = value
    else field.value = value
    field.dispatchEvent(new Event("input", { bubbles: true }))
  })
}

function arrived(key) {
  if (!JSON.parse(sessionStorage.getItem(key)).sent || document.querySelector(".sign-in")) return false
  const shown = [...document.querySelectorAll("form[data-draft]")].some((form) => keyOf(form) === key)
  return !shown || document.querySelector("[data-toast]:not([data-tone=broken])") !== null
}

for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX) && arrived(key)) sessionStorage.removeItem(key)
document.querySelectorAll("form[data-draft]").forEach(restore)

document.addEventListener("input", (event) => {
  if (event.isTrusted && event.target.form?.matches("[data-draft]")) remember(event.target.form, false)
})
document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-draft]")) remember(event.target, true)
  if (event.target.matches("[data-sign-out]")) sessionStorage.clear()
})
document.addEventListener("htmx:after:swap", (event) => {
  const form = event.detail.ctx.sourceElement?.closest?.("form[data-draft]")
  if (form && event.detail.ctx.response?.status < 400) sessionStorage.removeItem(keyOf(form))
})
