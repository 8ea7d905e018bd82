// [data-walk=1|-1] in an open item: the next card of the board, or the one before, in its place (J and K).
import { setOpener } from "./dialog.js"
import { fetchParts } from "./stay.js"

function reveal() {
  document.querySelectorAll("[data-walk][hidden]").forEach((button) => { button.hidden = false })
}

addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-walk]")
  if (!button) return
  const cards = [...document.querySelectorAll("[data-board] [data-card]")]
  const now = cards.findIndex((card) => card.dataset.code === document.getElementById("item-head").dataset.code)
  const link = cards[now + Number(button.dataset.walk)]?.querySelector("h3 a")
  if (!link) return
  const address = await fetchParts(link.href)
  if (!address) return
  history.replaceState(history.state, "", address)
  const dialog = button.closest("dialog")
  dialog.scrollTop = 0
  setOpener(dialog, link)
})
document.addEventListener("page:changed", reveal)
reveal()
