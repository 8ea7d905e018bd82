// [data-preview]: the text as it will be drawn, under the field; without a script it opens on a page of its own.
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-preview]")
  const box = button?.form.querySelector("[data-preview-of]")
  if (!box) return
  event.preventDefault()
  if (!button.form.reportValidity()) return
  const answer = await fetch(button.formAction, {
    method: "POST", body: new FormData(button.form), headers: { "HX-Request": "true" },
  }).catch(() => null)
  if (!answer?.ok) return button.form.requestSubmit(button)
  box.innerHTML = await answer.text()
  box.hidden = false
})
document.addEventListener("input", ({ target }) => {
  const box = target.matches("[data-calls]") && target.form?.querySelector("[data-preview-of]")
  if (box) box.hidden = true
})
