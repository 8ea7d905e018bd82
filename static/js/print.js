// A printed page says when it was printed, in the reader's language.
addEventListener("beforeprint", () => {
  const now = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" }).format(new Date())
  document.querySelectorAll("[data-printed]").forEach((place) => { place.textContent = now })
})
