// Files by drag, paste or choice go off one by one and come into the list of the open page; a pasted picture into the text.
import { post } from "./patient.js"
import { fill } from "./words.js"

async function send(about, file) {
  const form = about.querySelector("[data-attach]")
  const said = about.querySelector("[data-said]")
  if (!form) return ""
  said.textContent = fill(about.dataset.sending, { name: file.name })
  const body = new FormData()
  for (const name of ["csrf_token", "next", "subject_type", "subject_id"]) body.set(name, form.elements[name].value)
  body.set("file", file)
  const answer = await post(form.action, body, { "HX-Request": "true" }).catch(() => null)
  const html = (await answer?.text().catch(() => "")) ?? ""
  if (!answer?.ok) {
    const told = new DOMParser().parseFromString(html, "text/html").body.textContent.trim()
    said.textContent = `${file.name}: ${told}`
    if (!told) said.textContent = fill(about.dataset.unsent, { name: file.name })
    return ""
  }
  said.textContent = ""
  return add(about, html)
}

function add(about, html) {
  const list = about.querySelector("[data-files]")
  list.insertAdjacentHTML("beforeend", html)
  about.querySelector("[data-count]").textContent = list.children.length
  return list.lastElementChild.dataset.markdown
}

async function sendAll(about, files, field) {
  for (const file of files) {
    const markdown = await send(about, file)
    if (markdown && field) insert(field, markdown)
  }
}

function insert(field, markdown) {
  const before = field.value.slice(0, field.selectionStart)
  const lead = before && !before.endsWith("\n") ? "\n" : ""
  field.setRangeText(`${lead}${markdown}\n`, field.selectionStart, field.selectionEnd, "end")
  field.dispatchEvent(new Event("input", { bubbles: true }))
}

function areaOf(event) {
  const holds = [...(event.dataTransfer?.types ?? [])].includes("Files")
  return holds ? event.target.closest?.("[data-talk]") : null
}

document.addEventListener("paste", (event) => {
  const about = event.target.closest?.("[data-talk]")
  const files = [...(event.clipboardData?.files ?? [])]
  if (!about || !files.length || event.clipboardData.types.includes("text/plain")) return
  event.preventDefault()
  sendAll(about, files, event.target.closest("[data-calls]"))
})
document.addEventListener("dragover", (event) => {
  const about = areaOf(event)
  if (!about) return
  event.preventDefault()
  about.dataset.over = ""
})
for (const name of ["dragleave", "drop"]) {
  document.addEventListener(name, ({ target }) => target.closest?.("[data-talk]")?.removeAttribute("data-over"))
}
document.addEventListener("drop", (event) => {
  const about = areaOf(event)
  if (!about) return
  event.preventDefault()
  sendAll(about, [...event.dataTransfer.files], event.target.closest("[data-calls]"))
})
document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-attach]")
  const about = form?.closest("[data-talk]")
  if (!about) return
  event.preventDefault()
  const chosen = form.querySelector("input[type=file]")
  sendAll(about, [...chosen.files], null).then(() => { chosen.value = "" })
})
