// Addresses of filters say only what is asked: fields that are left empty are left out.
for (const form of document.querySelectorAll("form[data-filters]")) {
  form.addEventListener("submit", () => {
    const empty = [...form.elements].filter((one) => one.name && one.value === "");
    for (const one of empty) one.disabled = true;
    setTimeout(() => { for (const one of empty) one.disabled = false; }, 500);
  });
  // Units are those of one country.
  form.elements.country?.addEventListener("change", () => { if (form.elements.adm1) form.elements.adm1.value = ""; });
}
