// What counts as typing: there single letters are letters.
const TYPED = "input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=range]), textarea, select, [contenteditable=true]"

export function isTyping(element) {
  return element instanceof Element && element.closest(TYPED) !== null
}

export function isComposing(event) {
  return event.isComposing || event.keyCode === 229
}
