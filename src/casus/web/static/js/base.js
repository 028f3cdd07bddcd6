// What every page does: theme, menu, messages kept from the page before, and the pulse.
import { call, toast, undo } from "./api.js";
import "./keys.js";

document.querySelector("[data-theme-switch]")?.addEventListener("click", () => {
  const root = document.documentElement;
  const isDark = root.dataset.theme
    ? root.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = isDark ? "light" : "dark";
  try { localStorage.setItem("casus-theme", root.dataset.theme); } catch { /* storage may be off */ }
});

const menu = document.getElementById("menu");
const menuButton = document.querySelector(".menu-button");
menuButton?.addEventListener("click", () => {
  const isOpen = menu.classList.toggle("is-open");
  menuButton.setAttribute("aria-expanded", String(isOpen));
});
document.addEventListener("keydown", (press) => {
  if (press.key === "Escape" && menu?.classList.contains("is-open")) menuButton.click();
});

try {
  const kept = JSON.parse(sessionStorage.getItem("casus-toast"));
  sessionStorage.removeItem("casus-toast");
  if (kept) toast(kept.text, kept.undo ? { action: ["Undo", () => undo(kept.undo)], seconds: 12 } : {});
} catch { /* storage may be off */ }

// A page that wants to know of changes listens to "casus:pulse" on the document.
const EVERY_MS = 2000;
let last = null;
async function beat() {
  if (document.visibilityState === "visible" && menu) {
    try {
      const pulse = await call("GET", "/pulse");
      const text = JSON.stringify(pulse);
      if (last !== null && text !== last) {
        document.dispatchEvent(new CustomEvent("casus:pulse", { detail: pulse }));
      }
      last = text;
    } catch { /* told when something is done */ }
  }
  setTimeout(beat, EVERY_MS);
}
beat();
