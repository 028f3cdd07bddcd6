// Settings of feeds.
import { attempt, call, toast } from "./api.js";
import { refresh } from "./live.js";

const feedOf = (element) => element.closest("[data-feed]").dataset.feed;

async function doing(element, work, told) {
  element.disabled = true;
  await attempt(async () => {
    await work();
    await refresh();
    if (told) toast(told);
  });
  element.disabled = false;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-take], [data-pause], [data-remove]");
  if (!button) return;
  const path = `/feeds/${feedOf(button)}`;
  if (button.matches("[data-take]")) doing(button, () => call("POST", `${path}/take`), "It is being taken in.");
  else if (button.matches("[data-pause]")) doing(button, () => call("PATCH", path, { is_active: button.dataset.pause === "on" }));
  else if (confirm("Watch this feed no longer? Its reports stay.")) doing(button, () => call("DELETE", path), "Removed.");
});

document.addEventListener("change", (event) => {
  const select = event.target.closest("[data-every]");
  if (select) doing(select, () => call("PATCH", `/feeds/${feedOf(select)}`, { every_minutes: Number(select.value) }), "Changed.");
});

document.querySelector("[data-new-feed]")?.addEventListener("submit", (event) => {
  event.preventDefault();
  const { url, name, every_minutes: minutes } = Object.fromEntries(new FormData(event.target));
  const body = { url, every_minutes: Number(minutes) };
  if (name.trim()) body.name = name.trim();
  doing(event.submitter, async () => {
    await call("POST", "/feeds", body);
    event.target.reset();
  }, "It is watched, and taken in now.");
});

setInterval(() => { if (document.visibilityState === "visible") refresh().catch(() => {}); }, 4000);
