// figure[data-chart]: picture or table, one press; before any script the table waits in its <details>.
function prepare() {
  for (const chart of document.querySelectorAll("[data-chart]:not([data-shows])")) {
    chart.dataset.shows = "picture"
    chart.querySelector("[data-chart-views]").hidden = false
  }
}

addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-chart-view]")
  if (!button) return
  const chart = button.closest("[data-chart]")
  chart.dataset.shows = button.dataset.chartView
  chart.querySelector("[data-chart-table]").open = button.dataset.chartView === "table"
  for (const view of chart.querySelectorAll("[data-chart-view]")) view.setAttribute("aria-pressed", String(view === button))
})
document.addEventListener("page:changed", prepare)
prepare()
