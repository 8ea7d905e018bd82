// While something long is written (a large import) nothing else can be: it was not saved, so the same is sent again by itself,
// a few times, first after as long as the answer says. The page says so meanwhile by the event page:waits.
import { ask } from "./words.js"

const TRIES = 7
const MOST_SECONDS = 5 // what takes longer must be mended by somebody

/** Seconds until the same may be sent again; 0 where that would be in vain, or might do it twice. */
export function secondsOf(answer) {
  const seconds = answer?.status === 503 ? Number(answer.headers.get("Retry-After")) : 0
  return seconds > 0 && seconds <= MOST_SECONDS ? seconds : 0
}

/** As fetch, with POST. */
export async function post(address, body, headers) {
  let told = false
  try {
    for (let tried = 1; ; tried += 1) {
      const answer = await fetch(address, { method: "POST", body, headers })
      const seconds = secondsOf(answer)
      if (!seconds || tried > TRIES) return answer
      if (!told) ask("waits", 1)
      told = true
      await new Promise((go) => { setTimeout(go, seconds * tried * 1000) })
    }
  } finally {
    if (told) ask("waits", -1)
  }
}

/** Which word says why something was not saved. */
export function reasonOf(answer) {
  if (!answer) return "offline"
  return secondsOf(answer) ? "busy" : "failed"
}
