// Forms inside [data-stays], but for [data-leaves], are sent in place: the answer's parts take the place of the old ones, and the person stays where they are.
// Unanswered, a form keeps what was typed, says that it is not saved, and offers to send it again.
import { post, reasonOf } from "./patient.js"
import { toast } from "./toast.js"
import { announce, word } from "./words.js"
import { swap } from "./swap.js"

const HEADERS = { "HX-Request": "true", "X-Parts": "true", Accept: "text/html" }

addEventListener("submit", (event) => {
  const form = event.target
  if (event.defaultPrevented || form.method !== "post" || !form.closest("[data-stays]") || form.hasAttribute("data-leaves")) return
  event.preventDefault()
  send(form, new FormData(form, event.submitter), event.submitter)
})

async function send(form, values, submitter) {
  form.setAttribute("aria-busy", "true")
  const answer = await post(form.action, values, HEADERS).catch(() => null)
  if (!answer || answer.status >= 500) unsaved(form, values, submitter, answer)
  else await take(form, answer)
  form.removeAttribute("aria-busy")
}

async function take(form, answer) {
  const html = await answer.text()
  if (answer.status === 401) return form.submit()
  if (/^\s*<!doctype/i.test(html)) return whole(form, html, answer)
  show(form, html, answer)
}

// A whole page: of the same address, the part that data-stays names is taken from it, and what it says.
function whole(form, html, answer) {
  const part = form.closest("[data-stays]").dataset.stays
  if (!part || new URL(answer.url).pathname !== location.pathname) return location.assign(answer.url)
  const page = new DOMParser().parseFromString(html, "text/html")
  const parts = part.split(" ").map((id) => page.getElementById(id)?.outerHTML ?? "")
  show(form, parts.join("") + (page.getElementById("toasts")?.outerHTML ?? ""), answer)
}

function show(form, html, answer) {
  form.removeAttribute("data-dirty")
  if (answer.ok) {
    renew(form, answer)
    form.reset()
    document.getElementById(form.dataset.clears)?.form.reset()
    form.closest("dialog[data-done-closes]")?.close()
  }
  swap(html, form)
  const saved = document.querySelector("[data-saved]")?.textContent.trim()
  if (saved) announce(saved)
}

// A form that stays is ready for the next: what it sends then is not what it sent before.
function renew(form, answer) {
  const mark = answer.headers.get("X-Once")
  if (mark && form.elements.once) form.elements.once.value = mark
}

function unsaved(form, values, submitter, answer) {
  form.setAttribute("data-dirty", "")
  form.setAttribute("data-failed", "")
  const sentence = word(reasonOf(answer))
  toast(sentence, { tone: "broken", act: word("retry"), onAct: () => send(form, values, submitter) })
  announce(sentence)
}

/** Draw an open item anew, or another one in its place; answers the address to show. */
export async function fetchParts(url) {
  const answer = await fetch(url, { headers: { ...HEADERS, "HX-Current-URL": location.href } }).catch(() => null)
  if (!answer?.ok) return ""
  swap(await answer.text(), null)
  return answer.headers.get("HX-Push-Url") ?? ""
}

addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-stays] a[data-reload]")
  if (!link) return
  event.preventDefault()
  link.closest("form")?.reset()
  fetchParts(link.href)
})
