// Calls of the REST API, and the short messages that tell what came of them.

/** An error that the server told of (problem+json). */
export class Problem extends Error {
  constructor(status, body) {
    super(body.detail || body.title || `The server answered ${status}.`);
    this.status = status;
    this.body = body;
  }
}

/**
 * Call the API; gives the answer's JSON (null where it has none).  Throws `Problem`.
 * `ifMatch` is the revision that a change is made to: where it is an older one, nothing changes.
 */
export async function call(method, path, body, { ifMatch, signal } = {}) {
  const headers = { Accept: "application/json" };
  const csrf = document.querySelector('meta[name="csrf"]')?.content;
  if (csrf) headers["X-Casus-CSRF"] = csrf;
  if (ifMatch !== undefined && ifMatch !== null) headers["If-Match"] = `"${ifMatch}"`;
  const isForm = body instanceof FormData;
  if (body !== undefined && !isForm) headers["Content-Type"] = "application/json";
  let response;
  try {
    response = await fetch(`/api/v1${path}`, {
      method, headers, signal, credentials: "same-origin",
      body: body === undefined ? undefined : isForm ? body : JSON.stringify(body),
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem(0, { detail: "The server can't be reached: is 'casus serve' still running?" });
  }
  const isJson = response.status !== 204 && (response.headers.get("Content-Type") || "").includes("json");
  const answer = isJson ? await response.json() : null;
  if (response.status === 401) {
    location.assign(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`);
  }
  if (!response.ok) throw new Problem(response.status, answer || {});
  return answer;
}

/** Show a short message; `action` is [label, function] of a button in it, such as Undo. */
export function toast(text, { bad = false, action = null, seconds = 8 } = {}) {
  const box = document.createElement("div");
  box.className = bad ? "toast toast-bad" : "toast";
  const words = document.createElement("span");
  words.textContent = text;
  box.append(words);
  if (action) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = action[0];
    button.addEventListener("click", () => { box.remove(); action[1](); });
    box.append(button);
  }
  document.getElementById("toasts").append(box);
  setTimeout(() => box.remove(), seconds * 1000);
  return box;
}

/** Keep a message for the page that is opened next. */
export function toastNext(text, undo = null) {
  sessionStorage.setItem("casus-toast", JSON.stringify({ text, undo }));
}

/** Run something that calls the API; what goes wrong is told.  Gives undefined then. */
export async function attempt(work) {
  try {
    return await work();
  } catch (error) {
    if (error.name === "AbortError") return undefined;
    toast(error.message, { bad: true, seconds: 14 });
    if (!(error instanceof Problem)) console.error(error);
    return undefined;
  }
}

/** Take a decision back, and show the page as it then is. */
export async function undo(decision) {
  await attempt(async () => {
    await call("POST", `/decisions/${decision}/withdraw`, { reason: "undone in the workbench" });
    toastNext("Taken back.");
    location.reload();
  });
}
