// form[data-again=seconds]: what was not saved while something long was written is sent again by itself, a few times, unless
// somebody mends it first. `static/js/patient.js` does the same for what pages send in place.
const KEY = "dengta.again"
const TRIES = 7

function wait(form, tried) {
  let mine = false
  const timer = setTimeout(() => {
    mine = true
    sessionStorage.setItem(KEY, String(tried + 1))
    form.requestSubmit()
  }, Number(form.dataset.again) * (tried + 1) * 1000)
  const said = form.querySelector("[data-again-said]")
  said.hidden = false
  const stop = () => {
    if (mine) return
    clearTimeout(timer)
    said.hidden = true
    sessionStorage.removeItem(KEY)
  }
  form.addEventListener("input", stop)
  form.addEventListener("submit", stop)
}

const form = document.querySelector("form[data-again]")
const tried = Number(sessionStorage.getItem(KEY) ?? 0)
if (form && tried < TRIES) wait(form, tried)
else sessionStorage.removeItem(KEY)
