// A checklist counts itself: fieldset[data-counts=id] moves every ring [data-count-of=id].
document.addEventListener("change", (event) => {
  const list = event.target.closest("[data-counts]")
  if (!list) return
  const boxes = list.querySelectorAll("input[type=checkbox]")
  const got = list.querySelectorAll("input[type=checkbox]:checked").length
  for (const ring of document.querySelectorAll(`[data-count-of="${CSS.escape(list.dataset.counts)}"]`)) {
    ring.querySelector(".got")?.setAttribute("stroke-dasharray", `${got} ${boxes.length}`)
    ring.toggleAttribute("data-full", got === boxes.length && got > 0)
  }
})
