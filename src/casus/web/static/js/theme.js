// Sets the theme before the page is drawn, so that it does not flash.
(() => {
  let theme = null;
  try { theme = localStorage.getItem("casus-theme"); } catch { /* storage may be off */ }
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
})();
