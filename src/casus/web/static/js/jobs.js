// Jobs: asked for, cancelled, run again; those under way are looked at every second.
import { attempt, call } from "./api.js";
import { refresh } from "./live.js";

const EVERY_MS = 1000;
let wasUnfinished = false;

/** Ask for a job, and show it. */
export async function ask(body) {
  const job = await call("POST", "/jobs", body);
  await refresh();
  return job;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-cancel], [data-again], [data-job]");
  if (!button) return;
  button.disabled = true;
  attempt(async () => {
    if (button.dataset.cancel) await call("POST", `/jobs/${button.dataset.cancel}/cancel`);
    else if (button.dataset.again) await call("POST", `/jobs/${button.dataset.again}/again`);
    else await call("POST", "/jobs", { kind: button.dataset.job });
    await refresh();
  }).finally(() => { button.disabled = false; });
});

document.querySelector("[data-export]")?.addEventListener("submit", (event) => {
  event.preventDefault();
  const { format, since, until } = Object.fromEntries(new FormData(event.target));
  const filter = {};
  if (since) filter.since = since;
  if (until) filter.until = until;
  attempt(() => ask({ kind: "export", format, filter }));
});

async function look() {
  const isUnfinished = document.querySelector("[data-unfinished]") !== null;
  if ((isUnfinished || wasUnfinished) && document.visibilityState === "visible") {
    try { await refresh(); } catch { /* the server is away: try again */ }
  }
  wasUnfinished = isUnfinished;
  setTimeout(look, EVERY_MS);
}
look();
