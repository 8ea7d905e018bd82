// details[data-menu]: one open at a time; a press outside or Esc closes it, and Esc gives focus back.
function openMenus() {
  return document.querySelectorAll("details[data-menu][open]")
}

addEventListener("click", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false
})
addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return
  for (const menu of openMenus()) {
    menu.open = false
    menu.querySelector("summary").focus()
    event.preventDefault()
  }
})
addEventListener("focusin", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false
})
