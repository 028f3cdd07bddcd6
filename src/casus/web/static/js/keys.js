// Keys of a page, and the list of them that "?" opens.

const keys = new Map();
let first = null;

/** Have a key ("c", or "g e" for two in a row) do something; `label` is what the list says. */
export function onKey(key, label, action) {
  keys.set(key, { label, action });
}

function isTyping(target) {
  // What is in a dialog that was just closed keeps the focus until the next frame.
  if (target.closest("dialog:not([open])")) return false;
  return target.closest("input, textarea, select, [contenteditable]") && target.type !== "checkbox";
}

function show() {
  const box = document.createElement("dialog");
  box.setAttribute("aria-label", "Keys");
  const head = document.createElement("h2");
  head.textContent = "Keys";
  const list = document.createElement("dl");
  list.className = "terms";
  for (const [key, { label }] of keys) {
    const row = document.createElement("div");
    const term = document.createElement("dt");
    for (const one of key.split(" ")) {
      const sign = document.createElement("kbd");
      sign.textContent = one;
      term.append(sign, " ");
    }
    const told = document.createElement("dd");
    told.textContent = label;
    row.append(term, told);
    list.append(row);
  }
  const close = document.createElement("button");
  close.className = "button";
  close.type = "button";
  close.textContent = "Close";
  close.addEventListener("click", () => box.close());
  box.append(head, list, close);
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
}

document.addEventListener("keydown", (press) => {
  if (press.ctrlKey || press.metaKey || press.altKey || press.isComposing) return;
  if (isTyping(press.target) || document.querySelector("dialog[open]")) return;
  const whole = first ? `${first} ${press.key}` : press.key;
  first = null;
  const found = keys.get(whole) || keys.get(press.key);
  if (found) {
    press.preventDefault();
    found.action();
  } else if ([...keys.keys()].some((key) => key.startsWith(`${press.key} `))) {
    first = press.key;
    setTimeout(() => { first = null; }, 1200);
  }
});

onKey("?", "this list", show);
onKey("/", "search", () => document.getElementById("search")?.focus());
for (const [key, path, label] of [
  ["g o", "/", "go to the overview"], ["g e", "/events", "go to the events"], ["g q", "/queue", "go to the queue"],
  ["g r", "/reports", "go to the reports"], ["g a", "/add", "go to adding reports"],
  ["g t", "/trends", "go to the trends"], ["g c", "/checks", "go to the checks"],
]) onKey(key, label, () => location.assign(path));
