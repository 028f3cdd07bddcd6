// Moving through rows ([data-id] with a .row-link) by keys.
import { onKey } from "./keys.js";

/** All rows of the page. */
export const rows = () => [...document.querySelectorAll("[data-live] [data-id]")];

/** The row that has the focus. */
export const current = () => document.activeElement?.closest?.("[data-id]") ?? null;

/** Put the focus on a row, by its place; the nearest one where there is none. */
export function goTo(at) {
  const all = rows();
  const row = all[Math.max(0, Math.min(all.length - 1, at))];
  row?.querySelector(".row-link")?.focus();
  row?.scrollIntoView({ block: "nearest" });
}

const place = () => rows().indexOf(current());

onKey("j", "the next event", () => goTo(place() + 1));
onKey("k", "the event before", () => goTo(Math.max(0, place() - 1)));
onKey("Enter", "open the event", () => {
  const link = document.activeElement?.matches?.("a, button, summary") ? document.activeElement : current()?.querySelector(".row-link");
  link?.click();
});
