// A question in a box of its own: some fields, and whether to go on.

let counter = 0;

/**
 * Ask; gives the values by the fields' names, null where it was called off.
 * A field has name, label, and may have value, required, options (choices with radio buttons:
 * [value, label]), suggestions (a list to type from).
 */
export function ask(title, fields, { button = "Go on", text = "", bad = false } = {}) {
  const box = document.createElement("dialog");
  const form = document.createElement("form");
  form.method = "dialog";
  form.className = "stack";
  const head = document.createElement("h2");
  head.id = `ask-${counter += 1}`;
  head.textContent = title;
  box.setAttribute("aria-labelledby", head.id);
  form.append(head);
  if (text) {
    const told = document.createElement("p");
    told.textContent = text;
    form.append(told);
  }
  for (const field of fields) form.append(field.options ? choices(field) : line(field));
  const row = document.createElement("div");
  row.className = "cluster";
  const go = document.createElement("button");
  go.className = `button ${bad ? "button-bad" : "button-main"}`;
  go.textContent = button;
  go.value = "go";
  const no = document.createElement("button");
  no.className = "button";
  no.type = "button";
  no.textContent = "Cancel";
  no.addEventListener("click", () => box.close());
  row.append(go, no);
  form.append(row);
  box.append(form);
  document.body.append(box);
  const before = document.activeElement;
  box.showModal();
  (form.querySelector("input, textarea") || go).focus();
  return new Promise((resolve) => {
    box.addEventListener("close", () => {
      const values = box.returnValue === "go" ? Object.fromEntries(new FormData(form)) : null;
      box.remove();
      before?.focus?.();
      resolve(values);
    });
  });
}

function line(field) {
  const box = document.createElement("div");
  box.className = "field";
  const input = document.createElement("input");
  input.id = `ask-${counter += 1}`;
  input.name = field.name;
  input.value = field.value || "";
  input.required = Boolean(field.required);
  input.maxLength = 2000;
  input.dir = "auto";
  input.autocomplete = "off";
  const label = document.createElement("label");
  label.htmlFor = input.id;
  label.textContent = field.label;
  box.append(label, input);
  if (field.suggestions?.length) {
    const list = document.createElement("datalist");
    list.id = `ask-${counter += 1}`;
    for (const one of field.suggestions) list.append(new Option("", one));
    input.setAttribute("list", list.id);
    box.append(list);
  }
  return box;
}

function choices(field) {
  const box = document.createElement("fieldset");
  const legend = document.createElement("legend");
  legend.textContent = field.label;
  box.append(legend);
  field.options.forEach(([value, text], at) => {
    const label = document.createElement("label");
    label.className = "cluster";
    const input = document.createElement("input");
    input.type = "radio";
    input.name = field.name;
    input.value = value;
    input.checked = at === 0;
    const said = document.createElement("span");
    said.dir = "auto";
    said.textContent = text;
    label.append(input, said);
    box.append(label);
  });
  return box;
}
