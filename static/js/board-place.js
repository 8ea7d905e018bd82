// Where a card stands, and how it gets there and back.

export function cardsOf(list) {
  return [...list.querySelectorAll(":scope > [data-card]")]
}

export function laneOf(card) {
  return card.closest("[data-column-id]")
}

/** Enough to put a card back in its exact place. */
export function placeOf(card) {
  return { list: card.parentElement, next: nextCard(card) }
}

export function nextCard(card) {
  let next = card.nextElementSibling
  while (next && !next.matches("[data-card]")) next = next.nextElementSibling
  return next
}

export function previousCard(card) {
  let previous = card.previousElementSibling
  while (previous && !previous.matches("[data-card]")) previous = previous.previousElementSibling
  return previous
}

export function isAt(card, place) {
  return card.parentElement === place.list && nextCard(card) === place.next
}

export function put(card, { list, next }) {
  const last = cardsOf(list).filter((other) => other !== card).at(-1)
  if (next?.parentElement === list) next.before(card)
  else if (last) last.after(card)
  else list.prepend(card)
}

/** Back home, seen travelling. */
export function putBack(card, place) {
  const from = card.getBoundingClientRect()
  put(card, place)
  const to = card.getBoundingClientRect()
  const calm = parseFloat(getComputedStyle(card).getPropertyValue("--calm")) || 0
  card.animate([{ translate: `${from.x - to.x}px ${from.y - to.y}px` }, { translate: "0 0" }], { duration: calm, easing: "cubic-bezier(.2, .8, .2, 1)" })
}

/** What the words of the board need: title, column, place, count. */
export function facts(card) {
  const cards = cardsOf(card.parentElement)
  return { title: card.dataset.title, column: laneOf(card).dataset.columnName, place: cards.indexOf(card) + 1, count: cards.length }
}

export function say(name, values) {
  const sentence = document.querySelector("[data-board-words]")?.dataset[name] ?? ""
  return sentence.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole)
}

export function focusCard(card) {
  (card?.querySelector("h3 a") ?? card?.querySelector("a, button"))?.focus({ preventScroll: true })
}
