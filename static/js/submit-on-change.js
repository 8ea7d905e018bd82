// form[data-submit-on-change]: a filter acts at once; its button stays for those without script.
document.addEventListener("change", (event) => {
  const form = event.target.form
  if (form?.matches("[data-submit-on-change]") && !event.target.matches("[type=search], [type=text]")) form.requestSubmit()
})
