// The table of events: choosing rows, and deciding about those that are chosen.
import { attempt, toast } from "./api.js";
import { ask } from "./ask.js";
import { decide, decideMany, undoLast } from "./deciding.js";
import "./filters.js";
import { onKey } from "./keys.js";
import { refresh } from "./live.js";
import "./saved.js";
import { current, goTo, rows } from "./rows.js";

const chosen = new Set();
const tick = (row) => row.querySelector('input[name="chosen"]');
const number = new Intl.NumberFormat();

function show() {
  const there = new Map(rows().map((row) => [row.dataset.id, row]));
  for (const id of chosen) if (!there.has(id)) chosen.delete(id);
  for (const [id, row] of there) {
    const isChosen = chosen.has(id);
    if (tick(row)) tick(row).checked = isChosen;
    row.classList.toggle("is-chosen", isChosen);
  }
  const all = document.querySelector("[data-all]");
  if (all) {
    all.checked = chosen.size > 0 && chosen.size === there.size;
    all.indeterminate = chosen.size > 0 && chosen.size < there.size;
  }
  const bar = document.querySelector("[data-bulk]");
  if (!bar) return;
  bar.hidden = chosen.size === 0;
  bar.querySelector("[data-chosen]").textContent = `${number.format(chosen.size)} chosen`;
  const merge = bar.querySelector('[data-do="merge"]');
  if (merge) merge.disabled = chosen.size < 2;
}

const targets = () => rows().filter((row) => chosen.has(row.dataset.id))
  .map((row) => ({ id: row.dataset.id, revision: Number(row.dataset.revision) }));
const nameOf = (row) => [...row.querySelectorAll("th, td:not(.tick-cell)")].slice(0, 4)
  .map((cell) => cell.textContent.trim().replace(/\s+/g, " ")).join(", ");
const counted = (count) => `${number.format(count)} ${count === 1 ? "event" : "events"}`;

async function done(count, what) {
  const first = rows().findIndex((row) => chosen.has(row.dataset.id));
  if (count) chosen.clear();
  await refresh();
  show();
  if (!current() && !document.activeElement?.closest?.("[data-bulk]:not([hidden])")) goTo(first);
  if (!count) return;
  toast(`${counted(count)} ${what}.`, { action: ["Undo", () => undoLast(refresh)], seconds: 12 });
}

const actions = {
  async confirm() {
    await done(await decideMany(targets(), { kind: "confirm", reason: "" }), "confirmed");
  },
  async assign(button) {
    const names = [...document.querySelectorAll("#filter-assignee option")].map((one) => one.value)
      .filter((name) => name && !name.startsWith("@"));
    const given = await ask(`Assign ${counted(chosen.size)}`, [
      { name: "value", label: "To (empty for nobody)", value: button.dataset.me, suggestions: [button.dataset.me, ...names] },
    ], { button: "Assign" });
    if (!given) return;
    const value = given.value.trim() || null;
    await done(await decideMany(targets(), { kind: "assign", value, reason: "" }), value ? `assigned to ${value}` : "assigned to nobody");
  },
  async reject() {
    const given = await ask(`Reject ${counted(chosen.size)}`, [{ name: "reason", label: "Why", required: true }], {
      button: "Reject", bad: true, text: "Rejected events stay in the casebook, but are not listed or exported any more.",
    });
    if (given) await done(await decideMany(targets(), { kind: "reject", reason: given.reason }), "rejected");
  },
  async merge() {
    const all = rows().filter((row) => chosen.has(row.dataset.id));
    const given = await ask(`Merge ${counted(all.length)} into one`, [
      { name: "into", label: "Into which", options: all.map((row) => [row.dataset.id, nameOf(row)]) },
      { name: "reason", label: "Why they are one event", required: true },
    ], { button: "Merge" });
    if (!given) return;
    const into = all.find((row) => row.dataset.id === given.into);
    const others = all.filter((row) => row !== into).map((row) => row.dataset.id);
    if (await decide(given.into, Number(into.dataset.revision), { kind: "merge", others, reason: given.reason })) {
      await done(all.length, "merged");
    }
  },
  none() { chosen.clear(); show(); },
};

document.addEventListener("change", (change) => {
  const box = change.target;
  if (box.matches("[data-all]")) {
    for (const row of rows()) (box.checked ? chosen.add(row.dataset.id) : chosen.delete(row.dataset.id));
  } else if (box.name === "chosen") {
    if (box.checked) chosen.add(box.value);
    else chosen.delete(box.value);
  } else return;
  show();
});
document.addEventListener("click", (click) => {
  const button = click.target.closest?.("[data-bulk] [data-do]");
  if (button) attempt(() => actions[button.dataset.do](button));
  // Menus close when something else is pressed.
  for (const menu of document.querySelectorAll(".menu-box[open]")) if (!menu.contains(click.target)) menu.open = false;
});
document.addEventListener("keydown", (press) => {
  const menu = press.key === "Escape" && document.activeElement?.closest?.(".menu-box[open]");
  if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
});
document.addEventListener("casus:refreshed", show);

onKey("x", "choose the event, or no more", () => {
  const row = current();
  if (!row || !tick(row)) return;
  if (chosen.has(row.dataset.id)) chosen.delete(row.dataset.id);
  else chosen.add(row.dataset.id);
  show();
});
onKey("u", "undo the last decision", () => undoLast(refresh));
show();
