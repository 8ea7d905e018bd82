// form[data-in-turn]: what is typed is taken at once and sent in turn, so that the next line can be typed meanwhile; then the
// parts of the page that it names are drawn anew. What was not heard waits, is said, and leaving the page warns.
import { post, reasonOf } from "./patient.js"
import { announce, ask, word } from "./words.js"

const waiting = []
let sending = false
let moved = false

const newMark = () => [...crypto.getRandomValues(new Uint8Array(16))].map((each) => each.toString(16).padStart(2, "0")).join("")

function take(form) {
  const values = new FormData(form)
  values.set("once", newMark())
  waiting.push(values)
  form.elements.title.value = ""
  form.querySelector("[aria-live]").replaceChildren()
  form.elements.title.focus()
}

async function send(form) {
  if (sending) return
  sending = true
  while (waiting.length) {
    const answer = await post(form.action, waiting[0], { Accept: "text/html" }).catch(() => null)
    if (!answer || answer.status >= 500 || answer.status === 429) {
      unheard(form, answer)
      break
    }
    hear(form, waiting.shift(), answer, await answer.text())
  }
  sending = false
}

function hear(form, values, answer, html) {
  const page = new DOMParser().parseFromString(html, "text/html")
  if (!page.getElementById(form.id)) return elsewhere(form, values)
  if (!answer.ok) return refused(form, values, page)
  const parts = waiting.length ? [] : form.dataset.inTurn.split(" ")
  ask("swap", [...parts, "toasts"].map((id) => page.getElementById(id)?.outerHTML ?? "").join(""))
  if (answer.url === location.href || waiting.length) return
  history.pushState(null, "", answer.url)
  moved = true
}

// Another page answered, such as that for signing in: the way without script keeps what was typed.
function elsewhere(form, values) {
  form.elements.title.value = values.get("title")
  form.submit()
}

function refused(form, values, page) {
  const why = page.querySelector(`#${CSS.escape(form.id)} .error, main [role=alert]`)?.textContent.trim() ?? word("failed")
  const title = values.get("title")
  if (!form.elements.title.value) form.elements.title.value = title
  ask("toast", { text: `${title}: ${why}`, tone: "broken" })
  announce(why)
}

function unheard(form, answer) {
  const why = word(reasonOf(answer))
  const titles = waiting.map((each) => each.get("title")).join(", ")
  ask("toast", { text: `${why} ${titles}`, tone: "broken", act: word("retry"), onAct: () => send(form) })
  announce(why)
}

document.addEventListener("submit", (event) => {
  const form = event.target
  if (event.defaultPrevented || !form.matches("[data-in-turn]") || event.submitter?.hasAttribute("formaction")) return
  event.preventDefault()
  if (!form.elements.title.value.trim()) return
  take(form)
  send(form)
})
addEventListener("beforeunload", (event) => { if (waiting.length) event.preventDefault() })
addEventListener("popstate", () => { if (moved) location.reload() })
