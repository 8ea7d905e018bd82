// [data-draft=key]: long text that was typed and not sent outlives a closed tab and an ended session, on this device; gone once sent, and at sign-out.
const PREFIX = "dengta.draft."

function keyOf(field) {
  return PREFIX + field.dataset.draft
}

function restore() {
  for (const field of document.querySelectorAll("[data-draft]:not([data-drafted])")) {
    field.dataset.drafted = ""
    const kept = localStorage.getItem(keyOf(field))
    if (kept === null || field.value !== field.defaultValue) continue
    field.value = kept
    field.form.setAttribute("data-dirty", "")
    field.closest("details")?.setAttribute("open", "")
  }
}

function forget(form) {
  form.querySelectorAll("[data-draft]").forEach((field) => localStorage.removeItem(keyOf(field)))
}

document.addEventListener("input", ({ target }) => {
  if (!target.matches("[data-draft]")) return
  if (target.value === target.defaultValue) localStorage.removeItem(keyOf(target))
  else localStorage.setItem(keyOf(target), target.value)
})
document.addEventListener("reset", (event) => forget(event.target))
document.addEventListener("submit", ({ target }) => {
  if (!target.closest("[data-stays]")) forget(target)
  if (!target.matches("[data-sign-out]")) return
  for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key)
})
document.addEventListener("page:changed", restore)
restore()
