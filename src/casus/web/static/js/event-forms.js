// Forms in dialogs that decide about an event, and what happens where it changed meanwhile.
import { call, Problem, toastNext } from "./api.js";

const FIELDS = {
  type: (event) => event.event_type,
  "first day": (event) => event.when.start,
  "last day": (event) => event.when.end,
  country: (event) => event.where.country_code,
  "first-order unit": (event) => event.where.adm1,
  "second-order unit": (event) => event.where.adm2,
  place: (event) => event.where.name,
  latitude: (event) => event.where.latitude,
  longitude: (event) => event.where.longitude,
  precision: (event) => event.where.precision_code,
  "who did it": (event) => event.perpetrators.map((one) => one.name).join("; "),
  targets: (event) => event.targets.map((one) => one.name).join("; "),
  grade: (event) => event.grade,
  reviewed: (event) => (event.is_reviewed ? "yes" : "no"),
  rejected: (event) => (event.is_rejected ? "yes" : "no"),
  "given to": (event) => event.assignee,
  accounts: (event) => event.keys.length,
};

/** What a record says, field by field, in words. */
export function summary(event) {
  const said = Object.fromEntries(Object.entries(FIELDS).map(([name, read]) => [name, read(event)]));
  for (const toll of event.tolls) {
    said[`${toll.harm} ${toll.category.replace("_", " ")}`] =
      [toll.low, toll.best, toll.high].map((figure) => figure ?? "?").join(" / ");
  }
  return said;
}

/** The fields in which two records differ: [field, then, now]. */
export function differences(before, now) {
  const [then, since] = [summary(before), summary(now)];
  return Object.keys({ ...then, ...since })
    .filter((field) => String(then[field] ?? "") !== String(since[field] ?? ""))
    .map((field) => [field, then[field], since[field]]);
}

const words = (value) => (value === null || value === undefined || value === "" ? "unknown" : String(value));

/** Ask what to do about an event that somebody else changed; gives true to apply one's own anyway. */
async function askAbout(event, mine, told) {
  const box = document.getElementById("stale");
  if (!box) return false;
  const rows = event.record ? differences(event.record, told.record) : [];
  const body = box.querySelector("[data-changes]");
  body.replaceChildren();
  for (const [field, then, now] of rows) {
    const row = document.createElement("tr");
    const head = document.createElement("th");
    head.scope = "row";
    head.textContent = field;
    row.append(head);
    for (const value of [then, now]) {
      const cell = document.createElement("td");
      cell.dir = "auto";
      cell.textContent = words(value);
      row.append(cell);
    }
    body.append(row);
  }
  if (!rows.length) {
    const row = body.insertRow();
    const cell = row.insertCell();
    cell.colSpan = 3;
    cell.textContent = "No field of the record; its claims, comments or links changed.";
  }
  box.querySelector("[data-who]").textContent = told.who;
  box.querySelector("[data-mine]").textContent = mine;
  return new Promise((resolve) => {
    const answer = (value) => { box.close(); resolve(value); };
    box.querySelector("[data-anyway]").onclick = () => answer(true);
    box.querySelector("[data-keep]").onclick = () => answer(false);
    box.oncancel = () => resolve(false);
    box.showModal();
  });
}

/** What an event is now, and who changed it since it was opened. */
async function asItIs(event) {
  const [now, history] = await Promise.all([
    call("GET", `/events/${event.id}`), call("GET", `/events/${event.id}/history`),
  ]);
  const since = history.decisions.filter((one) => one.at > event.openedAt || (one.withdrawn_at ?? "") > event.openedAt);
  const who = [...new Set(since.map((one) => (one.withdrawn_at > event.openedAt ? one.withdrawn_by : one.by)))];
  return {
    record: now.event,
    revision: now.revision,
    who: who.length ? `Changed by ${who.join(" and ")} since you opened it.` : "Reports or links changed since you opened it.",
  };
}

/**
 * Make a decision about an event ({id, revision, record, openedAt}); gives the answer, or null where it
 * was left.  Throws `Problem` for what can't be decided.
 */
export async function decide(event, decision, mine) {
  try {
    return await call("POST", `/events/${event.id}/decisions`, decision, { ifMatch: event.revision });
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 412) throw error;
    const told = await asItIs(event);
    if (!(await askAbout(event, mine, told))) {
      toastNext("Kept as it is now. Yours was not made.");
      location.reload();
      return null;
    }
    return decide({ ...event, revision: told.revision, record: told.record }, decision, mine);
  }
}

/** Open a form's dialog, its first field in focus. */
export function open(id) {
  const box = document.getElementById(id);
  if (!box || box.open) return;
  box.showModal();
  (box.querySelector("[autofocus], form :is(input, select, textarea):not(:disabled):not([type=hidden])"))?.focus();
}

/** Have the forms in dialogs call `send(form)`, and tell in the form what is wrong. */
export function onForms(send) {
  for (const form of document.querySelectorAll("dialog form[data-kind]")) {
    const box = form.closest("dialog");
    form.querySelectorAll("[data-close]").forEach((button) => button.addEventListener("click", () => box.close()));
    form.addEventListener("submit", async (press) => {
      press.preventDefault();
      const told = form.querySelector(".field-error");
      const button = form.querySelector("[type=submit]");
      told.hidden = true;
      button.disabled = true;
      try {
        await send(form, box);
      } catch (error) {
        told.textContent = error.message;
        told.hidden = false;
        if (!(error instanceof Problem)) console.error(error);
      } finally {
        button.disabled = false;
      }
    });
  }
}
