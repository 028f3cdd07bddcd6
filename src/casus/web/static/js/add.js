// Adding reports: read first, then keep; files become jobs.
import { attempt, call, Problem, toast } from "./api.js";
import { ask } from "./jobs.js";

const FIELDS = ["text", "title", "publisher", "published", "url"];
const form = document.querySelector("[data-text]");
const fetching = document.querySelector("[data-fetch]");
const box = document.getElementById("reading");
let waiting = null;

function values() {
  const given = {};
  for (const name of FIELDS) {
    const value = form.elements[name].value;
    if (value.trim()) given[name] = value;
  }
  return given;
}

function told(text) {
  const note = document.createElement("p");
  note.className = "card muted";
  note.textContent = text;
  box.replaceChildren(note);
}

/** Have something read, and show how. */
async function read(body, button) {
  waiting?.abort();
  waiting = new AbortController();
  button.disabled = true;
  told("It is being read…");
  try {
    const response = await fetch("/add/reading", {
      method: "POST", credentials: "same-origin", signal: waiting.signal, body: JSON.stringify(body),
      headers: {
        "Content-Type": "application/json", Accept: "text/html",
        "X-Casus-CSRF": document.querySelector('meta[name="csrf"]').content,
      },
    });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (!response.ok || response.redirected) {
      const why = page.querySelector("main p")?.textContent;
      throw new Problem(response.status, { detail: why || "It could not be read." });
    }
    const part = document.importNode(page.querySelector("[data-reading]"), true);
    for (const filled of part.querySelectorAll("[data-fill]")) {
      form.elements[filled.dataset.fill].value = filled.textContent;
    }
    box.replaceChildren(part);
    box.focus({ preventScroll: true });
    box.scrollIntoView({ block: "start", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  } catch (error) {
    if (error.name === "AbortError") return;
    told(error instanceof Problem ? error.message : "The server can't be reached: is 'casus serve' still running?");
    box.firstChild.className = "note note-bad";
  } finally {
    button.disabled = false;
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  read(values(), event.submitter || form.querySelector("[type=submit]"));
});

fetching.addEventListener("submit", (event) => {
  event.preventDefault();
  read({ address: fetching.elements.address.value.trim() }, event.submitter || fetching.querySelector("[type=submit]"));
});

form.addEventListener("reset", () => box.replaceChildren());

// What was read is no longer what stands in the form.
form.addEventListener("input", () => {
  const keep = box.querySelector("[data-keep]");
  if (keep && keep.textContent !== "Read it again") keep.textContent = "Read it again";
});

function link(href, text) {
  const anchor = document.createElement("a");
  anchor.href = href;
  anchor.textContent = text;
  return anchor;
}

function showKept(kept) {
  const note = document.createElement("p");
  note.className = "note note-good cluster";
  note.append(kept.is_new ? "Kept." : "The casebook had it already.", " ", link(`/reports/${kept.hash}`, "The report"));
  kept.events.forEach((event, at) => {
    note.append(" ", link(`/events/${event}`, kept.events.length > 1 ? `Event ${at + 1}` : "Its event"));
  });
  if (!kept.events.length) note.append(" ", "It tells of no event.");
  box.replaceChildren(note);
  for (const name of FIELDS) form.elements[name].value = "";
  fetching.reset();
}

box.addEventListener("click", (event) => {
  const button = event.target.closest("[data-keep], [data-drop-reading]");
  if (!button) return;
  if (button.matches("[data-drop-reading]")) {
    box.replaceChildren();
    form.elements.text.focus();
  } else if (button.textContent === "Read it again") {
    read(values(), button);
  } else {
    button.disabled = true;
    attempt(async () => showKept(await call("POST", "/reports", values()))).finally(() => { button.disabled = false; });
  }
});

// Files

const files = document.querySelector("[data-files]");
const drop = document.querySelector("[data-drop]");
const sending = document.querySelector("[data-sending]");

async function send(list) {
  if (!list.length) return;
  const body = new FormData();
  for (const file of list) body.append("files", file, file.name);
  sending.textContent = list.length === 1 ? `Sending ${list[0].name}…` : `Sending ${list.length} files…`;
  const upload = await attempt(() => call("POST", "/uploads", body));
  sending.textContent = "";
  files.reset();
  if (!upload) return;
  for (const why of upload.refused) toast(why, { bad: true, seconds: 14 });
  await attempt(() => ask({ kind: "ingest", uploads: [upload.id] }));
}

files.elements.files.addEventListener("change", () => send([...files.elements.files.files]));
files.addEventListener("submit", (event) => event.preventDefault());
for (const type of ["dragenter", "dragover"]) {
  drop.addEventListener(type, (event) => { event.preventDefault(); drop.classList.add("is-over"); });
}
for (const type of ["dragleave", "drop"]) {
  drop.addEventListener(type, (event) => { event.preventDefault(); drop.classList.remove("is-over"); });
}
drop.addEventListener("drop", (event) => send([...event.dataTransfer.files]));
