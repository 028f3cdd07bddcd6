// Parts of a page that keep up with the casebook: elements with an id and data-live.

/** What to find the focused element by after its part was put in anew. */
function trace(element) {
  if (!element || element === document.body) return null;
  if (element.id) return `#${CSS.escape(element.id)}`;
  const row = element.closest("[data-id]");
  const within = row && row !== element ? `[data-id="${CSS.escape(row.dataset.id)}"] ` : "";
  if (row === element) return `[data-id="${CSS.escape(row.dataset.id)}"]`;
  if (element.name) return `${within}[name="${CSS.escape(element.name)}"]`;
  return element.getAttribute("href") ? `${within}[href="${CSS.escape(element.getAttribute("href"))}"]` : null;
}

/** Put a page's live parts in anew from what the server has now; keeps focus, scroll and what is open. */
export async function refresh(address = location.href) {
  const answer = await fetch(address, { credentials: "same-origin", headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) return false;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const focused = trace(document.activeElement?.closest?.("[data-live]") ? document.activeElement : null);
  const olds = [...document.querySelectorAll("[data-live]")];
  const ids = (list) => list.map((one) => one.id).join();
  if (ids(olds) !== ids([...fresh.querySelectorAll("[data-live]")])) {
    // Another page than this one, such as the first event in an empty casebook.
    location.reload();
    return false;
  }
  const open = new Set([...document.querySelectorAll("[data-live] details[open][id]")].map((one) => one.id));
  const scrolled = [...document.querySelectorAll("[data-live] .table-box")].map((one) => [one.scrollLeft, one.scrollTop]);
  const [x, y] = [scrollX, scrollY];
  for (const old of olds) {
    const now = fresh.getElementById(old.id);
    if (old.isEqualNode(now)) continue;
    old.replaceWith(document.importNode(now, true));
  }
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  document.querySelectorAll("[data-live] .table-box").forEach((box, at) => {
    if (scrolled[at]) [box.scrollLeft, box.scrollTop] = scrolled[at];
  });
  if (focused) document.querySelector(`[data-live] ${focused}, [data-live]${focused}`)?.focus({ preventScroll: true });
  scrollTo(x, y);
  document.dispatchEvent(new CustomEvent("casus:refreshed"));
  return true;
}

let running = null;
document.addEventListener("casus:pulse", () => {
  if (document.querySelector("dialog[open]")) return;
  running ??= refresh().catch(() => false).finally(() => { running = null; });
});
