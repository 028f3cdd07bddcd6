// The page of a report: words and values point at each other; marked words become claims.
import { toastNext } from "./api.js";
import { decide, onForms, open } from "./event-forms.js";
import { onKey } from "./keys.js";

const text = document.getElementById("text");
const bubble = document.getElementById("values");
const marks = [...text.querySelectorAll("mark.seg")];
const valuesOf = (mark) => mark.dataset.values.split(" ");
const marksOf = (value) => marks.filter((mark) => valuesOf(mark).includes(value));

// Words and values

function light(values) {
  const wanted = new Set(values);
  for (const mark of marks) mark.classList.toggle("is-shown", valuesOf(mark).some((one) => wanted.has(one)));
  for (const one of document.querySelectorAll(".value[data-value]")) one.classList.toggle("is-shown", wanted.has(one.dataset.value));
}

for (const [on, off] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
  document.addEventListener(on, (moved) => {
    const mark = moved.target.closest?.("mark.seg:not(.is-off)");
    const value = moved.target.closest?.(".value[data-value]");
    if (mark) light(valuesOf(mark));
    else if (value) light([value.dataset.value]);
  });
  document.addEventListener(off, (moved) => {
    if (moved.target.closest?.("mark.seg, .value")) light([]);
  });
}

const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

function flash(some) {
  if (!some.length) return;
  some[0].scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  for (const mark of some) mark.classList.add("is-flashed");
  setTimeout(() => some.forEach((mark) => mark.classList.remove("is-flashed")), 1600);
}

function showValues(mark) {
  bubble.replaceChildren();
  for (const value of valuesOf(mark)) {
    const listed = document.querySelector(`.side .value[data-value="${value}"]`);
    if (listed) bubble.append(listed.cloneNode(true));
  }
  bubble.showPopover();
  const at = mark.getBoundingClientRect();
  const own = bubble.getBoundingClientRect();
  const below = at.bottom + 6;
  bubble.style.left = `${Math.min(Math.max(8, at.left), innerWidth - own.width - 8)}px`;
  bubble.style.top = `${below + own.height < innerHeight - 8 ? below : Math.max(8, at.top - own.height - 6)}px`;
}

text.addEventListener("click", (press) => {
  const mark = press.target.closest("mark.seg:not(.is-off)");
  if (mark && getSelection().isCollapsed) showValues(mark);
});
text.addEventListener("keydown", (press) => {
  const mark = press.target.closest("mark.seg:not(.is-off)");
  if (mark && (press.key === "Enter" || press.key === " ")) {
    press.preventDefault();
    showValues(mark);
    bubble.querySelector("button, a")?.focus();
  }
});

for (const box of document.querySelectorAll("[data-kind][type=checkbox]")) {
  box.addEventListener("change", () => {
    const off = new Set([...document.querySelectorAll("[data-kind][type=checkbox]:not(:checked)")].map((one) => one.dataset.kind));
    for (const mark of marks) {
      const left = mark.dataset.kinds.split(" ").filter((kind) => !off.has(kind));
      const inner = left.slice(1).find((kind) => kind !== "event");
      mark.className = left.length ? `seg m-${left[0]}${inner ? ` n-${inner}` : ""}` : "seg is-off";
    }
  });
}

// Words that an address names: #c120-180

function showHash() {
  const found = /^#c(\d+)-(\d+)$/.exec(location.hash);
  if (!found) return;
  const [start, end] = [Number(found[1]), Number(found[2])];
  const some = [...text.querySelectorAll("[data-start]")].filter((one) => {
    const from = Number(one.dataset.start);
    return from < end && from + [...one.textContent].length > start;
  });
  flash(some);
}
addEventListener("hashchange", showHash);
showHash();

// Marking words.  Offsets count characters (code points) from the start of the report's text.

function offsetOf(node, offset) {
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(node, offset);
  return [...before.toString()].length;
}

/** The marked words: where they begin and end, without blanks at either end; null where none are. */
export function marked() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
  const words = range.toString();
  const trimmed = words.trim();
  if (!trimmed) return null;
  const start = offsetOf(range.startContainer, range.startOffset) + [...words.slice(0, words.indexOf(trimmed))].length;
  return { start, end: start + [...trimmed].length, words: trimmed };
}

const marking = document.getElementById("marking");
const add = marking?.querySelector("[data-add]");
let chosen = null;
document.addEventListener("selectionchange", () => {
  if (!marking || document.querySelector("dialog[open]")) return;
  chosen = marked();
  add.disabled = chosen === null;
  marking.querySelector("[data-marked]").textContent = chosen ? `Marked: “${chosen.words}”` : "Mark some words of the text to add a claim.";
});

// Adding, correcting, retracting

const form = document.querySelector("#claim form");
let corrected = null;

function showFields() {
  for (const part of form.querySelectorAll("[data-only]")) part.hidden = !part.dataset.only.split(" ").includes(form.elements.kind.value);
}
form?.elements.kind.addEventListener("change", showFields);

function addClaim() {
  if (!chosen) return;
  bubble.hidePopover();
  corrected = null;
  form.reset();
  document.getElementById("claim-head").textContent = "Add a claim";
  form.querySelector("[data-submit]").textContent = "Add the claim";
  form.querySelector("[data-for-new]").hidden = false;
  form.elements.reason.required = false;
  form.querySelector("[data-quote]").textContent = chosen.words;
  const numbers = chosen.words.match(/\d[\d,]*/g);
  if (numbers) form.elements.low.value = form.elements.high.value = numbers[0].replaceAll(",", "");
  showFields();
  open("claim");
}

function correctClaim(button) {
  const fields = JSON.parse(button.dataset.fields);
  corrected = { claim: Number(button.dataset.correct), event: button.dataset.event, fields };
  form.reset();
  document.getElementById("claim-head").textContent = "Correct a claim";
  form.querySelector("[data-submit]").textContent = "Correct the claim";
  form.querySelector("[data-for-new]").hidden = true;
  form.elements.reason.required = true;
  form.querySelector("[data-quote]").textContent = [...text.textContent].slice(fields.start_char, fields.end_char).join("");
  for (const [name, value] of Object.entries(fields)) {
    const input = form.elements[name];
    if (input) input.value = Array.isArray(value) ? value.join("; ") : value ?? (name === "category" ? "unknown" : "");
  }
  showFields();
  open("claim");
}

function given() {
  const fields = {};
  for (const name of ["kind", "harm", "category", "low", "high", "actor", "speaker", "role", "affiliation", "tags"]) {
    const input = form.elements[name];
    fields[name] = input.closest("[data-only][hidden]") ? null : input.value.trim() || null;
  }
  fields.tags = (fields.tags ?? "").split(";").map((tag) => tag.trim()).filter(Boolean);
  return fields;
}

/** The fields that differ from what a claim says. */
function changes(before, now) {
  const same = (a, b) => String(a ?? "") === String(b ?? "");
  return Object.fromEntries(Object.entries(now).filter(([name, value]) => {
    const was = name === "category" && before[name] === null && now.kind === "toll" ? "unknown" : before[name];
    return !same(Array.isArray(was) ? was.join("; ") : was, Array.isArray(value) ? value.join("; ") : value);
  }));
}

function eventOf(id) {
  const one = document.querySelector(`#accounts [data-event="${CSS.escape(id)}"]`);
  return { id, revision: Number(one.dataset.revision), record: null, openedAt };
}
const openedAt = new Date().toISOString();
let retracted = null;

onForms(async (sent, box) => {
  let event, body, said;
  if (sent.dataset.kind === "retract") {
    event = eventOf(retracted.event);
    body = { kind: "retract_claim", value: retracted.claim, reason: sent.elements.reason.value };
    said = "The claim is retracted.";
  } else if (corrected) {
    event = eventOf(corrected.event);
    body = { kind: "correct_claim", value: { claim: corrected.claim, ...changes(corrected.fields, given()) }, reason: sent.elements.reason.value };
    said = "The claim is corrected.";
  } else {
    const key = sent.elements.key.value;
    event = eventOf(document.querySelector(`#accounts [data-key="${CSS.escape(key)}"]`).dataset.event);
    body = { kind: "add_claim", keys: [key], value: { ...given(), start_char: chosen.start, end_char: chosen.end }, reason: sent.elements.reason.value };
    said = "The claim is added.";
  }
  const answer = await decide(event, body, said);
  if (!answer) return;
  box.close();
  toastNext(said, answer.decision);
  location.reload();
});

add?.addEventListener("click", addClaim);
add?.addEventListener("mousedown", (press) => press.preventDefault()); // keeps the words marked
if (add) onKey("n", "add a claim from the marked words", addClaim);

document.addEventListener("click", (press) => {
  const button = press.target.closest("button");
  if (!button) return;
  if (button.dataset.show) { bubble.hidePopover(); flash(marksOf(button.dataset.show)); }
  if (button.dataset.correct) { bubble.hidePopover(); correctClaim(button); }
  if (button.dataset.retract) {
    bubble.hidePopover();
    retracted = { claim: Number(button.dataset.retract), event: button.dataset.event };
    document.querySelector("#retract [data-what]").textContent = button.closest(".value").querySelector("bdi").textContent;
    open("retract");
  }
});
