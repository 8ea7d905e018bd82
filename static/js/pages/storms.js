// A storm, live: every two seconds the page asks what is new and takes only the parts that changed. Nothing is taken from
// under the fingers: what is typed, ticked or focused stays. Ideas typed while the line is lost are kept on this device
// and sent, each under its own mark, until the server has them once.
import { isTyping } from "../fields.js"
import { post } from "../patient.js"
import { announce } from "../words.js"

const PAUSE = 2000
const storm = document.querySelector("[data-storm]")
const waitingKey = `dengta.storm.${storm.dataset.news}`
let asking = false

const waiting = () => JSON.parse(localStorage.getItem(waitingKey) ?? "[]")
const token = () => document.querySelector("meta[name=csrf-token]").content
const newMark = () => [...crypto.getRandomValues(new Uint8Array(16))].map((each) => each.toString(16).padStart(2, "0")).join("")

function keep(list) {
  if (list.length) localStorage.setItem(waitingKey, JSON.stringify(list))
  else localStorage.removeItem(waitingKey)
  const shown = document.querySelector("[data-waiting]")
  shown?.replaceChildren(...list.map(({ title }) => Object.assign(document.createElement("li"), { textContent: `… ${title}` })))
}

function lost(is) {
  document.getElementById("storm-offline").hidden = !is
}

async function ask() {
  if (asking || document.visibilityState !== "visible") return
  asking = true
  try {
    const address = new URL(storm.dataset.news, location.href)
    address.searchParams.set("since", storm.dataset.since)
    const answer = await fetch(address, { headers: { "HX-Request": "true", Accept: "text/html" } })
    if (answer.status === 404 || answer.status === 401 || answer.redirected) return location.reload()
    if (!answer.ok) return lost(answer.status >= 500)
    lost(false)
    if (answer.status !== 204 && take(await answer.text())) storm.dataset.since = answer.headers.get("X-Since")
    await flush()
  } catch {
    lost(true)
  } finally {
    asking = false
  }
}

/** Takes the parts that differ; answers whether all could be taken. */
function take(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html")
  let all = true
  for (const part of fresh.querySelectorAll("[data-live]")) {
    const old = document.getElementById(part.id)
    if (!old || old.dataset.live === part.dataset.live) continue
    if (isHeld(old, part)) all = false
    else replace(old, part)
  }
  return all
}

/** Whether somebody types in it, has typed, or has chosen marks that were not sent and still can be. */
function isHeld(part, fresh) {
  if (isTyping(document.activeElement) && part.contains(document.activeElement)) return document.activeElement.value !== ""
  const typed = [...part.querySelectorAll("input.input, textarea")].some((field) => field.value.trim() !== "")
  return typed || fresh.querySelector("[type=radio]") && [...part.querySelectorAll("input[type=radio]")].some((each) => each.checked !== each.defaultChecked)
}

function replace(old, part) {
  const ticks = new Map([...old.querySelectorAll("input[type=checkbox]")].map(({ value, checked }) => [value, checked]))
  const held = old.contains(document.activeElement) ? document.activeElement.id : ""
  const copy = document.importNode(part, true)
  for (const tick of copy.querySelectorAll("input[type=checkbox]")) if (ticks.has(tick.value)) tick.checked = ticks.get(tick.value)
  old.replaceWith(copy)
  if (held) document.getElementById(held)?.focus({ preventScroll: true })
}

/** Sends a form and takes what the page then says; a lost line is said, and nothing is taken for sent. */
async function send(form, submitter) {
  const body = new FormData(form, submitter)
  body.set("once", newMark())
  try {
    const answer = await post(form.action, new URLSearchParams(body), { Accept: "text/html" })
    if (answer.status >= 500) return lost(true)
    if (answer.status === 404) return location.reload()
    form.querySelectorAll("input[type=radio]").forEach((each) => { each.defaultChecked = each.checked })
    if (answer.ok) form.querySelectorAll("input[type=text]:not([type=hidden]), input:not([type])").forEach((each) => { each.value = "" })
    if (answer.ok) document.querySelectorAll(`[form="${CSS.escape(form.id)}"]`).forEach((each) => { each.checked = false })
    say(await answer.text())
    lost(false)
  } catch {
    lost(true)
  }
}

/** The answer is a whole page: its refusal and its parts. */
function say(html) {
  const page = new DOMParser().parseFromString(html, "text/html")
  const said = page.getElementById("storm-said")
  if (said) document.getElementById("storm-said")?.replaceChildren(...document.importNode(said, true).childNodes)
  if (said?.textContent.trim()) announce(said.textContent.trim())
  take(html)
}

/** Sends what waits, one after another; what the server refuses goes back into the form, what it could not hear stays. */
async function flush() {
  while (waiting().length) {
    const [idea] = waiting()
    const body = new URLSearchParams({ csrf_token: token(), title: idea.title, pain: idea.pain, once: idea.mark })
    const answer = await fetch(idea.url, { method: "POST", body, headers: { Accept: "text/html" } })
    if (answer.status >= 500 || answer.status === 429) return lost(answer.status >= 500)
    if (answer.status === 404) return location.reload()
    keep(waiting().filter((each) => each.mark !== idea.mark))
    if (!answer.ok) back(idea)
    say(await answer.text())
  }
}

function back({ title, pain }) {
  const form = document.querySelector("[data-idea-form]")
  if (!form || form.elements.title.value) return
  form.elements.title.value = title
  form.elements.pain.value = pain
}

document.addEventListener("submit", (event) => {
  const form = event.target
  if (form.matches("[data-idea-form]")) {
    event.preventDefault()
    const { title, pain } = form.elements
    if (!title.value.trim()) return
    keep([...waiting(), { title: title.value, pain: pain.value, url: form.action, mark: newMark() }])
    title.value = pain.value = ""
    title.focus()
    flush().then(() => lost(false), () => lost(true))
  } else if (form.matches("[data-storm-form], [data-marks-form]")) {
    event.preventDefault()
    send(form, event.submitter)
  }
})

keep(waiting())
setInterval(ask, PAUSE)
addEventListener("online", ask)
document.addEventListener("visibilitychange", ask)
if (waiting().length) flush().catch(() => lost(true))
