// Words stand in the page, in the reader's language: <template id="words" data-…>.

export function word(name) {
  return document.getElementById("words")?.dataset[name] ?? ""
}

/** `fill("{title} moved", {title: "AIQC-12"})` */
export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole)
}

/** Ask the script of every page for something: page:swap an answer's fragments, page:toast a sentence. */
export function ask(name, detail) {
  document.dispatchEvent(new CustomEvent(`page:${name}`, { detail }))
}

/** Say it to those who listen; the same words twice are heard twice. */
export function announce(text) {
  const region = document.getElementById("live")
  if (!region) return
  region.textContent = ""
  requestAnimationFrame(() => { region.textContent = text })
}
