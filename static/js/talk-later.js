// [data-talk=script]: what helps writing comes when somebody begins to write or to drag, so that no page waits for it.
function fetchHelp({ target }) {
  const script = target.closest?.("[data-talk]")?.dataset.talk
  if (script) import(script)
}
for (const name of ["focusin", "pointerdown", "dragenter"]) document.addEventListener(name, fetchHelp)
