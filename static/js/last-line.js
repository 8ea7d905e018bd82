// form[data-last-sends]: checking its last open line sends it, unless a reason or a line's evidence is still to be given.
document.addEventListener("change", (event) => {
  const form = event.target.form
  if (!form?.matches("[data-last-sends]") || event.target.type !== "checkbox") return
  if (form.querySelector("input[type=checkbox]:not(:checked)")) return
  const wanted = [...form.querySelectorAll("[name=reason], [name^=evidence_]")].find((field) => field.value.trim() === "")
  if (wanted) wanted.focus()
  else form.requestSubmit()
})
