// Values open the sentence that they were read from, in place; the link itself opens the report.

const box = document.getElementById("sentence");
let opener = null;

function part(name) {
  return box.querySelector(`[data-part="${name}"]`);
}

/** Beside the value that was pressed, and within the window. */
function place(at) {
  const value = at.getBoundingClientRect();
  const own = box.getBoundingClientRect();
  const left = Math.min(Math.max(8, value.left), innerWidth - own.width - 8);
  const below = value.bottom + 6;
  const top = below + own.height < innerHeight - 8 ? below : Math.max(8, value.top - own.height - 6);
  box.style.left = `${left}px`;
  box.style.top = `${top}px`;
}

function open(link) {
  opener = link;
  const { before, words, after, rule, source, day } = link.dataset;
  document.getElementById("sentence-source").textContent = `${source}, ${day}`;
  part("before").textContent = before;
  part("words").textContent = words;
  part("after").textContent = after;
  part("rule").textContent = rule;
  part("link").href = link.href;
  box.showPopover();
  place(link);
  part("link").focus({ preventScroll: true });
}

if (box?.showPopover) {
  document.addEventListener("click", (press) => {
    const link = press.target.closest("a.cite");
    if (!link || press.ctrlKey || press.metaKey || press.shiftKey || press.button) return;
    press.preventDefault();
    open(link);
  });
  box.addEventListener("toggle", (change) => {
    if (change.newState === "closed" && box.contains(document.activeElement)) opener?.focus();
  });
  box.addEventListener("keydown", (press) => {
    if (press.key === "Escape") { box.hidePopover(); opener?.focus(); }
  });
}
