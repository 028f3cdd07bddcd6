// The overview keeps up with the casebook, the map too.
import "./filters.js";
import "./live.js";
import "./saved.js";

document.addEventListener("casus:refreshed", async () => {
  if (!document.querySelector(".map")) return;
  const { refreshMaps } = await import("./map.js");
  refreshMaps();
});
