// The register of agreements: add, correct, join, part, reject, take back.
import { attempt, call, toastNext } from "./api.js";
import { onForms, open } from "./event-forms.js";
import { onKey } from "./keys.js";

const DONE = {
  correct: "Corrected.", join: "Joined.", part: "Parted: this is the other agreement.", reject: "Rejected.",
};
const holder = document.getElementById("agreement");

// Commitments in a form

function renamed(box) {
  box.querySelectorAll("[data-commitment]").forEach((one, at) => {
    one.querySelector("legend").textContent = `Commitment ${at + 1}`;
  });
}

function addCommitment(form) {
  const box = form.querySelector("[data-commitments]");
  box.append(document.getElementById("commitment-form").content.cloneNode(true));
  renamed(box);
  box.lastElementChild.querySelector("[name=by]").focus();
}

const text = (form, name) => form.querySelector(`[name=${name}]`).value.trim();

function commitment(one) {
  return {
    by: text(one, "by"),
    text: text(one, "text"),
    deadline: text(one, "deadline") || null,
    event_types: [...one.querySelectorAll("[name=event_types]:checked")].map((box) => box.value),
    country: text(one, "country").toUpperCase() || null,
    adm1: text(one, "adm1") || null,
    target: text(one, "target") || null,
  };
}

function fields(form) {
  return {
    name: text(form, "name"),
    parties: text(form, "parties").split("\n").map((name) => name.trim()).filter(Boolean),
    agreed_on: text(form, "agreed_on") || null,
    commitments: [...form.querySelectorAll("[data-commitment]")].map(commitment),
  };
}

const correcting = document.querySelector("#correct-agreement form");
const before = correcting ? fields(correcting) : {};

/** The fields of the form that are not as they were when the page was opened. */
function changes(form) {
  const now = fields(form);
  return Object.fromEntries(Object.entries(now).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name])));
}

document.querySelectorAll("[data-commitments]").forEach(renamed);

// Decisions

const BODY = {
  correct: (form) => ({ changes: changes(form) }),
  join: (form) => ({ others: [Number(new FormData(form).get("other"))].filter(Boolean) }),
  part: (form) => ({ tellings: new FormData(form).getAll("tellings").map(Number) }),
  reject: () => ({}),
};

onForms(async (form, box) => {
  const { kind } = form.dataset;
  const reason = form.elements.reason.value;
  if (kind === "add") {
    const made = await call("POST", "/agreements", { ...fields(form), source: text(form, "source"), reason });
    toastNext("It is in the register.");
    location.assign(`/agreements/${made.agreement.number}`);
    return;
  }
  const body = { kind, reason, ...BODY[kind](form) };
  const made = await call("POST", `/agreements/${holder.dataset.number}/decisions`, body, { ifMatch: holder.dataset.revision });
  box.close();
  toastNext(DONE[kind]);
  const there = `/agreements/${made.agreement.number}`;
  if (there === location.pathname) location.reload();
  else location.assign(there + location.search);
});

document.addEventListener("click", (press) => {
  const opener = press.target.closest("[data-open]");
  if (opener) open(opener.dataset.open);
  const adding = press.target.closest("[data-add-commitment]");
  if (adding) addCommitment(adding.closest("form"));
  const removing = press.target.closest("[data-remove-commitment]");
  if (removing) {
    const box = removing.closest("[data-commitments]");
    const form = removing.closest("form");
    removing.closest("[data-commitment]").remove();
    renamed(box);
    form.querySelector("[data-add-commitment]").focus();
  }
  const undone = press.target.closest("[data-undo-pact]");
  if (undone) takeBack(undone);
});

async function takeBack(button) {
  button.disabled = true;
  const number = button.dataset.undoPact;
  await attempt(async () => {
    const taken = await call("POST", `/agreements/decisions/${number}/withdraw`, { reason: "undone in the workbench" });
    toastNext("Taken back.");
    // What was entered by hand is gone with that, and this page may be.
    if (taken.kind === "add") location.assign("/agreements");
    else location.reload();
  });
  button.disabled = false;
}

// Joining with an agreement that is looked for

const search = document.querySelector("[data-search]");
let asked = null;

function choice(one) {
  const label = document.createElement("label");
  label.className = "choice";
  const radio = document.createElement("input");
  Object.assign(radio, { type: "radio", name: "other", value: one.number });
  const told = document.createElement("span");
  told.dir = "auto";
  told.textContent = `${one.name} (${one.parties.join(", ")}), ${one.agreed_on ?? "day unknown"}`;
  label.append(radio, " ", told);
  return label;
}

async function find() {
  const wanted = search.value.trim();
  if (wanted.length < 2) return;
  asked?.abort();
  asked = new AbortController();
  await attempt(async () => {
    const found = await call("GET", `/agreements?${new URLSearchParams({ text: wanted, limit: "12" })}`, undefined, { signal: asked.signal });
    const others = found.agreements.filter((one) => one.number !== Number(holder.dataset.number));
    const box = document.querySelector("[data-choices]");
    const none = document.createElement("p");
    none.className = "muted";
    none.textContent = "No other agreement has this in its name or in a party's.";
    box.replaceChildren(...(others.length ? others.map(choice) : [none]));
  });
}

let waiting = 0;
search?.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(find, 250); });
search?.addEventListener("keydown", (press) => { if (press.key === "Enter") { press.preventDefault(); find(); } });

for (const [key, id, label] of [
  ["a", "add-agreement", "add an agreement"], ["e", "correct-agreement", "correct this agreement"],
  ["m", "join-agreement", "join it with another entry"], ["x", "reject-agreement", "reject it"],
]) {
  if (document.getElementById(id)) onKey(key, label, () => open(id));
}
