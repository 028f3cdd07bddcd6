// Settings: password, sessions, tokens, people.
import { attempt, call, toastNext } from "./api.js";

function on(selector, type, action) {
  for (const element of document.querySelectorAll(selector)) {
    element.addEventListener(type, async (event) => {
      event.preventDefault();
      const button = event.submitter || (element.matches("button") ? element : null);
      if (button) button.disabled = true;
      await attempt(() => action(element, event));
      if (button) button.disabled = false;
    });
  }
}

function said(text) {
  toastNext(text);
  location.reload();
}

const values = (form) => Object.fromEntries(new FormData(form));
const nameIn = (element) => element.closest("[data-person]").dataset.person;
const personPath = (name) => `/people/${encodeURIComponent(name)}`;

on("[data-sign-out]", "click", async () => {
  await call("DELETE", "/session");
  location.assign("/sign-in");
});

on("[data-password]", "submit", async (form) => {
  const { current, new: wanted } = values(form);
  await call("PUT", "/session/password", { current, new: wanted });
  said("The password is changed.");
});

on("[data-end-session]", "click", async (button) => {
  await call("DELETE", `/session/sessions/${button.dataset.endSession}`);
  said("Signed out there.");
});

on("[data-make-token]", "submit", async (form) => {
  const data = new FormData(form);
  const days = Number(data.get("days"));
  const made = await call("POST", "/tokens", {
    name: data.get("name"), scopes: data.getAll("scopes"), days: days || null,
  });
  const box = document.querySelector("[data-new-token]");
  const shown = box.querySelector("[data-secret]");
  shown.textContent = made.secret;
  box.hidden = false;
  form.hidden = true;
  shown.focus();
});

on("[data-copy]", "click", async (button) => {
  await navigator.clipboard.writeText(document.querySelector("[data-secret]").textContent);
  button.textContent = "Copied";
});

on("[data-seen]", "click", () => location.reload());

on("[data-revoke]", "click", async (button) => {
  const { revoke, of } = button.dataset;
  await call("DELETE", of ? `${personPath(of)}/tokens/${revoke}` : `/tokens/${revoke}`);
  said("The token is revoked.");
});

on("[data-add-person]", "submit", async (form) => {
  const { name, full_name, role, password } = values(form);
  await call("POST", "/people", { name, full_name, role, password: password || null });
  said(`${name} has an account.`);
});

on("[data-role]", "change", async (select) => {
  const before = [...select.options].find((option) => option.defaultSelected).value;
  try {
    await call("PATCH", personPath(nameIn(select)), { role: select.value });
  } catch (error) {
    select.value = before;
    throw error;
  }
  said(`${nameIn(select)} is ${select.value} now.`);
});

on("[data-close]", "click", async (button) => {
  await call("PATCH", personPath(nameIn(button)), { is_open: false });
  said(`The account of ${nameIn(button)} is closed; what they decided stays.`);
});

on("[data-reopen]", "click", async (button) => {
  await call("PATCH", personPath(nameIn(button)), { is_open: true });
  said(`The account of ${nameIn(button)} is open again.`);
});

const reset = document.getElementById("reset");
on("[data-reset]", "click", (button) => {
  reset.querySelector("[data-name]").textContent = nameIn(button);
  reset.querySelector("form").reset();
  reset.showModal();
});
on("[data-cancel]", "click", () => reset.close());
on("[data-reset-form]", "submit", async (form) => {
  const name = reset.querySelector("[data-name]").textContent;
  await call("PUT", `${personPath(name)}/password`, { password: values(form).password });
  reset.close();
  said(`${name} has another password.`);
});
