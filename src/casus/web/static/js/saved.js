// Saving and deleting views.
import { attempt, call, toastNext } from "./api.js";

function reopen(text) {
  toastNext(text);
  location.reload();
}

document.addEventListener("submit", (submit) => {
  const form = submit.target.closest("[data-save-view]");
  if (!form) return;
  submit.preventDefault();
  const view = {
    name: form.elements.name.value, page: location.pathname, query: location.search,
    is_shared: Boolean(form.elements.is_shared?.checked),
  };
  attempt(async () => {
    const saved = await call("POST", "/views", view);
    reopen(`Saved as ${saved.name}.`);
  });
});
document.addEventListener("click", (click) => {
  const button = click.target.closest?.("[data-delete-view]");
  if (!button) return;
  attempt(async () => {
    await call("DELETE", `/views/${button.dataset.deleteView}`);
    reopen("The view is deleted.");
  });
});
