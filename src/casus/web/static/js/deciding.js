// Decisions about events from a list, and undoing the last of them.
import { attempt, call, Problem, toast } from "./api.js";

const KEPT = "casus-decisions";

function kept() {
  try { return JSON.parse(sessionStorage.getItem(KEPT)) || []; } catch { return []; }
}

/** Note decisions, so that "undo" finds them; those of one action are undone together. */
export function noteDecisions(numbers) {
  if (!numbers.length) return;
  try { sessionStorage.setItem(KEPT, JSON.stringify([...kept(), numbers].slice(-50))); } catch { /* storage may be off */ }
}

/** Decide about one event at the revision that was seen; gives whether it was done. */
export async function decide(id, revision, decision) {
  try {
    const made = await call("POST", `/events/${id}/decisions`, decision, { ifMatch: revision });
    noteDecisions([made.decision]);
    return true;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const told = error.status === 412 ? "Somebody changed this event meanwhile: look at it again." : error.message;
    toast(told, { bad: true, seconds: 14 });
    return false;
  }
}

/** Make one decision about several events ({id, revision}); gives how many it was made about. */
export async function decideMany(ids, decision) {
  const answer = await attempt(() => call("POST", "/events/bulk", { ids, decision }));
  if (!answer) return 0;
  const numbers = Object.values(answer.decided);
  noteDecisions(numbers);
  if (answer.refused.length) {
    const stale = answer.refused.filter((one) => one.status === 412).length;
    const others = answer.refused.filter((one) => one.status !== 412).map((one) => one.detail);
    const told = [stale ? `${stale} changed meanwhile` : "", ...new Set(others)].filter(Boolean).join("; ");
    toast(`${answer.refused.length} refused: ${told}.`, { bad: true, seconds: 14 });
  }
  return numbers.length;
}

/** Take the last decisions of this window back; `after` is run when that is done. */
export async function undoLast(after) {
  const all = kept();
  const last = all.pop();
  if (!last) { toast("There is nothing to undo."); return; }
  await attempt(async () => {
    for (const number of last) await call("POST", `/decisions/${number}/withdraw`, { reason: "undone in the workbench" });
    sessionStorage.setItem(KEPT, JSON.stringify(all));
    toast("Taken back.");
  });
  await after();
}
