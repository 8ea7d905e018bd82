// htmx under a strict policy: nothing evaluated, the CSRF token on every request, failures said aloud.
import htmx from "htmx.org"
import { toast } from "./toast.js"
import { word } from "./words.js"

function refuse() {
  throw new Error("scripts in attributes are switched off")
}

htmx.registerExtension("strict", { init: (api) => api.initSecurity(null, refuse, refuse) })

document.addEventListener("htmx:config:request", (event) => {
  const token = document.querySelector("meta[name=csrf-token]")?.content
  if (token) event.detail.ctx.request.headers["X-CSRFToken"] = token
})

// 4xx answers carry the refusal and are swapped on purpose; a 5xx or a lost line leaves the page as it is and says so.
document.addEventListener("htmx:response:error", (event) => {
  if (event.detail.ctx.response.status >= 500) failed(event, "failed")
})
document.addEventListener("htmx:error", (event) => {
  if (event.detail.ctx) failed(event, "offline")
})

// What is looked up while somebody types, such as likely duplicates, is nothing that was lost.
function failed(event, reason) {
  const source = event.detail.ctx.sourceElement
  if (source?.matches("input[hx-get]")) return
  toast(word(reason), { tone: "broken", act: word("retry"), onAct: () => again(source) })
}

function again(source) {
  if (source instanceof HTMLFormElement) source.requestSubmit()
  else source?.click?.()
}

document.addEventListener("htmx:after:swap", () => document.dispatchEvent(new CustomEvent("page:changed")))
