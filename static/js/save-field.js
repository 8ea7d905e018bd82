// form[data-saves]: a field saves itself when it changes; Esc gives its old value back. [data-enter-sends]: Enter sends a text, Shift+Enter breaks the line.
import { isComposing } from "./fields.js"

function changed(form) {
  return [...form.querySelectorAll("input, select, textarea")].some((field) => field.matches("select") ? [...field.options].some((each) => each.selected !== each.defaultSelected) : field.matches("[type=checkbox]") ? field.checked !== field.defaultChecked : field.value !== field.defaultValue)
}

document.addEventListener("change", (event) => {
  const form = event.target.form
  if (form?.matches("[data-saves]") && changed(form)) form.requestSubmit()
})

addEventListener("keydown", (event) => {
  if (isComposing(event)) return
  const form = event.target.form
  if (event.key === "Escape" && form?.matches("[data-saves]") && changed(form)) {
    event.preventDefault()
    form.reset()
  } else if (event.key === "Enter" && !event.shiftKey && event.target.matches("[data-enter-sends]")) {
    event.preventDefault()
    if (event.target.value.trim()) form.requestSubmit()
  }
})
