// form[data-last-sends]: checking its last open line sends it, unless a reason is still to be given.
document.addEventListener("change", (event) => {
  const form = event.target.form
  if (!form?.matches("[data-last-sends]") || event.target.type !== "checkbox") return
  if (form.querySelector("input[type=checkbox]:not(:checked)")) return
  const reason = form.querySelector("[name=reason]")
  if (reason?.value === "") reason.focus()
  else form.requestSubmit()
})
