// The queue, worked through by keys.
import { attempt, toast } from "./api.js";
import { decide, undoLast } from "./deciding.js";
import "./filters.js";
import { onKey } from "./keys.js";
import { refresh } from "./live.js";
import "./saved.js";
import { current, goTo, rows } from "./rows.js";

const actions = {
  confirm: { decision: () => ({ kind: "confirm", reason: "" }), told: "Confirmed" },
  take: { decision: (me) => ({ kind: "assign", value: me, reason: "" }), told: "Assigned to you" },
};

async function act(row, name) {
  const list = document.querySelector(".queue-list");
  if (!row) { toast("Choose an event first: j and k move."); return; }
  const at = rows().indexOf(row);
  const { decision, told } = actions[name];
  const title = row.querySelector(".row-link").textContent.trim();
  const isDone = await decide(row.dataset.id, Number(row.dataset.revision), decision(list.dataset.me));
  await refresh();
  goTo(at);
  if (isDone) toast(`${told}: ${title}`, { action: ["Undo", () => undoLast(refresh)] });
}

document.addEventListener("click", (click) => {
  const button = click.target.closest?.(".queue-list [data-do]");
  if (button) attempt(() => act(button.closest("[data-id]"), button.dataset.do));
});

const may = () => document.querySelector(".queue-list [data-do]") !== null;
onKey("c", "confirm the event", () => may() && attempt(() => act(current(), "confirm")));
onKey("a", "take the event on", () => may() && attempt(() => act(current(), "take")));
onKey("u", "undo the last decision", () => undoLast(refresh));
onKey("n", "start with the first", () => document.querySelector(".page-head .button-main")?.click());
if (document.activeElement === document.body) goTo(0);
