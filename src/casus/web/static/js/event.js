// The page of an event: decide about it in place, by button or by key.
import { attempt, call, toastNext, undo } from "./api.js";
import { noteDecisions, undoLast } from "./deciding.js";
import { decide, onForms, open } from "./event-forms.js";
import { onKey } from "./keys.js";

const holder = document.getElementById("event");
const event = {
  id: holder.dataset.id,
  revision: Number(holder.dataset.revision),
  record: JSON.parse(holder.dataset.record),
  openedAt: new Date().toISOString(),
};
const { next, previous, back } = holder.dataset;
const GOES_ON = new Set(["confirm", "reject", "merge"]);
const DONE = {
  confirm: "Confirmed.", correct: "Corrected.", merge: "Merged.", split: "Split off.", reject: "Rejected.",
  withhold: "The name is withheld.", assign: "Assigned.", comment: "Noted.",
};

/** Show what came of a decision: the next event of the queue, or this one as it now is. */
function goOn(kind, answer) {
  toastNext(DONE[kind], answer.decision);
  noteDecisions([answer.decision]);
  if (next && GOES_ON.has(kind)) location.assign(next);
  else if (answer.event.id !== event.id) location.assign(`/events/${answer.event.id}${location.search}`);
  else { history.replaceState(null, "", location.pathname + location.search); location.reload(); }
}

const BODY = {
  correct: (form) => {
    const given = new FormData(form);
    const field = given.get("field") === "*"
      ? `${given.get("harm")}.${given.get("category")}.${given.get("figure")}` : given.get("field");
    return { field, value: given.get("value") ?? "" };
  },
  merge: (form) => ({ others: [new FormData(form).get("other")].filter(Boolean) }),
  split: (form) => ({ keys: new FormData(form).getAll("keys") }),
  withhold: (form) => ({ value: new FormData(form).get("value") }),
  assign: (form) => ({ value: new FormData(form).get("value") }),
  comment: (form) => ({ value: new FormData(form).get("value") }),
};

onForms(async (form, box) => {
  const { kind } = form.dataset;
  const body = { kind, reason: form.elements.reason?.value ?? "", ...BODY[kind]?.(form) };
  const mine = body.field ? `${body.field}: ${body.value || "unknown"}` : [DONE[kind], body.value].filter(Boolean).join(" ");
  const answer = await decide(event, body, mine);
  if (answer) { box.close(); goOn(kind, answer); }
});

async function confirmIt() {
  await attempt(async () => {
    const answer = await decide(event, { kind: "confirm", reason: "" }, DONE.confirm);
    if (answer) goOn("confirm", answer);
  });
}

// Correcting a field

const fieldSelect = document.getElementById("correct-field");

function showField() {
  for (const set of document.querySelectorAll("#correct fieldset[data-field]")) {
    set.hidden = set.disabled = set.dataset.field !== fieldSelect.value;
  }
}

function correct(field) {
  if (!fieldSelect) return;
  if (field) fieldSelect.value = field;
  showField();
  open("correct");
  if (field) document.querySelector("#correct fieldset:not([hidden]) [name=value]")?.focus();
}

fieldSelect?.addEventListener("change", showField);
document.getElementById("correct")?.addEventListener("click", (press) => {
  const use = press.target.closest("[data-use]");
  if (use) use.closest("fieldset").querySelector("[name=value]").value = use.dataset.use;
});

// Merging with an event that is looked for

const search = document.querySelector("[data-search]");
let asked = null;

function choice(one) {
  const label = document.createElement("label");
  label.className = "choice";
  const radio = document.createElement("input");
  Object.assign(radio, { type: "radio", name: "other", value: one.id });
  const told = document.createElement("span");
  told.dir = "auto";
  const where = [one.event.where.name, one.event.where.adm1, one.event.where.country_code].filter(Boolean).join(", ");
  told.textContent = `${one.event.event_type.replace("_", " ")}: ${where || "place unknown"}, ${one.event.when.start ?? "no day"} (${one.id})`;
  label.append(radio, " ", told);
  return label;
}

async function find() {
  const text = search.value.trim();
  if (text.length < 2) return;
  asked?.abort();
  asked = new AbortController();
  await attempt(async () => {
    const found = await call("GET", `/events?${new URLSearchParams({ text, limit: "12" })}`, undefined, { signal: asked.signal });
    let events = found.events;
    if (!events.length && /^[\w.]{4,}$/.test(text)) {
      try { events = [await call("GET", `/events/${encodeURIComponent(text)}`)]; } catch { /* it is no id either */ }
    }
    const box = document.querySelector("[data-choices]");
    box.replaceChildren(...events.filter((one) => one.id !== event.id).map(choice));
    if (!box.children.length) {
      const none = document.createElement("p");
      none.className = "muted";
      none.textContent = "No other event has such a place, actor or id.";
      box.append(none);
    }
  });
}

let waiting = null;
search?.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(find, 250); });
search?.addEventListener("keydown", (press) => { if (press.key === "Enter") { press.preventDefault(); find(); } });

// Buttons and keys

const ACTS = {
  confirm: confirmIt,
  correct: () => correct(),
  merge: () => open("merge"),
  split: () => open("split"),
  reject: () => open("reject"),
  withhold: () => open("withhold"),
  assign: () => open("assign"),
  comment: () => open("comment"),
};
const KEYS = {
  c: ["confirm", "confirm the event"], e: ["correct", "correct a field"], m: ["merge", "merge with another event"],
  s: ["split", "split accounts off"], x: ["reject", "reject the event"], w: ["withhold", "withhold a name"],
  a: ["assign", "give it to somebody"], n: ["comment", "comment"],
};
for (const [key, [act, label]] of Object.entries(KEYS)) {
  const button = document.querySelector(`[data-act="${act}"]`);
  if (!button) continue;
  const run = () => { if (!button.disabled) ACTS[act](); };
  button.addEventListener("click", run);
  onKey(key, label, run);
}
if (document.querySelector("[data-act]")) {
  onKey("u", "undo your last decision", () => undoLast(() => { toastNext("Taken back."); location.reload(); }));
}
if (next) onKey("j", "next in the queue", () => location.assign(next));
if (previous) onKey("k", "previous in the queue", () => location.assign(previous));
if (back) onKey("q", "back to the queue", () => location.assign(back));

document.addEventListener("click", (press) => {
  const edit = press.target.closest("[data-edit]");
  if (edit) correct(edit.dataset.edit);
  const taken = press.target.closest("[data-undo]");
  if (taken) undo(Number(taken.dataset.undo));
  const fold = press.target.closest("[data-fold]");
  if (fold) fold.setAttribute("aria-expanded", String(!fold.closest("tbody").classList.toggle("is-folded")));
});

// Others' changes

const note = document.getElementById("changed");
note.querySelector("[data-reload]").addEventListener("click", () => location.reload());
document.addEventListener("casus:pulse", async () => {
  if (!note.hidden) return;
  try {
    const now = await call("GET", `/events/${event.id}`);
    if (now.revision === event.revision && now.id === event.id) return;
    const { decisions } = await call("GET", `/events/${event.id}/history`);
    const last = decisions.filter((one) => one.at > event.openedAt).at(-1);
    note.querySelector("[data-text]").textContent = last
      ? `${last.by} changed this event just now (${last.kind.replace("_", " ")}). Nothing that you typed is lost until you reload.`
      : "This event changed just now. Nothing that you typed is lost until you reload.";
    note.hidden = false;
  } catch { /* the next pulse asks again */ }
});
