// Sprint planning: rows are dragged between [data-plan-drop] in and out; the sum follows the boxes. The forms do the rest.
let held = null

addEventListener("dragstart", (event) => {
  held = event.target.closest?.("[data-plan-row][draggable]")
  if (held) event.dataTransfer.effectAllowed = "move"
})
addEventListener("dragover", (event) => { if (goal(event)) event.preventDefault() })
addEventListener("drop", (event) => {
  if (!goal(event)) return
  event.preventDefault()
  const box = held.querySelector("input[type=checkbox]")
  if (box) {
    box.checked = true
    box.form.requestSubmit()
  } else held.querySelector("form").requestSubmit()
})

function goal(event) {
  const place = event.target.closest?.("[data-plan-drop]")
  return held && place && !place.contains(held) ? place : null
}

addEventListener("change", (event) => {
  const form = event.target.closest?.("[data-plan-add]")
  const sum = form?.querySelector("[data-plan-sum]")
  if (!sum) return
  const more = [...form.querySelectorAll(":checked")].reduce((total, box) => total + Number(box.dataset.points), 0)
  sum.textContent = form.querySelector(":checked") ? sum.dataset.words.replace("{points}", Math.round((Number(sum.dataset.planSum) + more) * 100) / 100) : ""
})
