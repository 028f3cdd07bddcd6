// Maps: <div class="map" data-map='{"points": […], "bounds": …}'> or data-map-url="/api/v1/events/map?…".
//
// A point has latitude and longitude, and may have: label, href, count, killed, radius_km (an area
// is drawn, as the place is known no better), country (its outline is drawn instead).
// Of what the API gives, `events`, `killed_best`, `event` and `precision` are understood too.
import * as L from "/leaflet/leaflet-src.esm.js";
import { attempt, call } from "./api.js";
import { colour, countryAt, layGround, onTheme, outlineOf } from "./basemap.js";

const TOGETHER_PX = 44;
const CLOSEST = 13;
const RADIUS_KM = { 2: 25, 3: 40, 4: 100, 5: 100 };
const OF_A_COUNTRY = 6;

/** A point as maps draw it, from what a page or the API gives. */
function asPoint(given) {
  const count = given.count ?? given.events ?? 1;
  const isOne = count === 1;
  return {
    latitude: given.latitude,
    longitude: given.longitude,
    label: given.label ?? null,
    href: given.href ?? (given.event ? `/events/${given.event}` : null),
    count,
    killed: given.killed ?? given.killed_best ?? null,
    radiusKm: given.radius_km ?? (isOne ? RADIUS_KM[given.precision] : null) ?? null,
    country: "precision" in given && !(isOne && given.precision === OF_A_COUNTRY) ? null : given.country ?? null,
    isOfACountry: isOne && given.precision === OF_A_COUNTRY,
    placeId: given.geonames_id ?? null,
    noun: given.noun ?? null,
  };
}

class EventMap {
  constructor(box) {
    this.box = box;
    this.isPlaced = false;
    this.degrees = null;
    this.points = [];
    box.setAttribute("role", "region");
    if (!box.hasAttribute("aria-label")) box.setAttribute("aria-label", "Map");
    this.map = L.map(box, {
      center: [15, 15], zoom: 2, minZoom: 1, maxZoom: 16, worldCopyJump: true, zoomSnap: 0.5,
      maxBounds: [[-89, -720], [89, 720]], attributionControl: true,
      zoomAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
      fadeAnimation: false, scrollWheelZoom: false,
    });
    this.map.attributionControl.setPrefix(false);
    L.control.scale({ imperial: false, maxWidth: 90 }).addTo(this.map);
    layGround(this.map);
    this.map.createPane("areas").style.zIndex = 350;
    this.areas = L.layerGroup().addTo(this.map);
    this.marks = L.layerGroup().addTo(this.map);
    // The wheel zooms once the map is in use, so that it does not catch those who scroll past.
    this.map.on("focus click", () => this.map.scrollWheelZoom.enable());
    this.map.on("blur", () => this.map.scrollWheelZoom.disable());
    this.map.on("zoomend", () => this.refine());
    onTheme(() => this.draw());
    this.start();
  }

  async start() {
    if (this.box.dataset.mapUrl) { this.load(); return; }
    const data = JSON.parse(this.box.dataset.map || "{}");
    this.points = (data.points || []).map(asPoint);
    await this.place(data.bounds);
    this.draw();
  }

  /** How wide the cells are in which events are put together, at this zoom. */
  cell() {
    const exact = (360 * TOGETHER_PX) / (256 * 2 ** Math.round(this.map.getZoom())) / 2;
    return Math.min(4, Math.max(0.005, 2 ** Math.round(Math.log2(exact))));
  }

  async load() {
    this.degrees = this.cell();
    const url = this.box.dataset.mapUrl.replace(/^\/api\/v1/, "");
    const cells = await attempt(() => call("GET", `${url}${url.includes("?") ? "&" : "?"}cell_degrees=${this.degrees}`));
    if (!cells) return;
    this.points = cells.map(asPoint);
    await this.place(null);
    this.draw();
  }

  refine() {
    if (this.box.dataset.mapUrl && this.isPlaced && this.cell() !== this.degrees) this.load();
    else this.draw();
  }

  /** Show where the points are, the first time. */
  async place(bounds) {
    if (this.isPlaced) return;
    this.isPlaced = true;
    const shown = bounds ? L.latLngBounds(bounds) : L.latLngBounds([]);
    if (!bounds) {
      for (const one of this.points) {
        const at = L.latLng(one.latitude, one.longitude);
        const outline = one.country ? await outlineOf(one.country) : [];
        shown.extend(outline.length ? L.geoJSON(outline).getBounds() : one.radiusKm ? at.toBounds(one.radiusKm * 2200) : at);
      }
    }
    if (shown.isValid()) this.map.fitBounds(shown, { padding: [36, 36], maxZoom: 6.5, animate: false });
  }

  draw() {
    this.areas.clearLayers();
    const focused = this.box.contains(document.activeElement) && document.activeElement.closest(".map-point");
    const was = focused && focused.getBoundingClientRect();
    this.marks.clearLayers();
    for (const group of this.grouped()) {
      if (group.length === 1 && group[0].count === 1) this.drawOne(group[0]);
      else this.drawMany(group);
    }
    if (focused) this.focusNear(focused.dataset.key, was);
  }

  /** Put the focus on the mark that had it, or on what is there now in its place. */
  focusNear(key, was) {
    const marks = [...this.box.querySelectorAll(".map-point")];
    const away = (mark) => {
      const now = mark.getBoundingClientRect();
      return Math.hypot(now.x - was.x, now.y - was.y);
    };
    const nearest = marks.reduce((best, mark) => (!best || away(mark) < away(best) ? mark : best), null);
    (marks.find((mark) => mark.dataset.key === key) || nearest)?.focus({ preventScroll: true });
  }

  /** Points that would lie over each other, together: by squares first, and then squares that are too near. */
  grouped() {
    const squares = new Map();
    for (const one of this.points) {
      const { x, y } = this.map.project([one.latitude, one.longitude]);
      const key = `${Math.floor(x / TOGETHER_PX)}:${Math.floor(y / TOGETHER_PX)}`;
      if (!squares.has(key)) squares.set(key, { points: [], count: 0, x: 0, y: 0 });
      const square = squares.get(key);
      square.points.push(one);
      square.x = (square.x * square.count + x * one.count) / (square.count + one.count);
      square.y = (square.y * square.count + y * one.count) / (square.count + one.count);
      square.count += one.count;
    }
    const groups = [];
    for (const square of [...squares.values()].sort((one, other) => other.count - one.count)) {
      const near = groups.find((one) => Math.hypot(one.x - square.x, one.y - square.y) < TOGETHER_PX);
      if (near) near.points.push(...square.points);
      else groups.push(square);
    }
    return groups.map((group) => group.points);
  }

  async drawOne(point) {
    const at = [point.latitude, point.longitude];
    const style = { pane: "areas", interactive: false, color: colour("map-area"), weight: 1.5, dashArray: "5 4", fillOpacity: 0.16 };
    const isArea = Boolean(point.radiusKm || point.country || point.isOfACountry);
    this.mark(at, point.href ? "a" : "span", point, isArea ? "map-point map-point-vague" : "map-point");
    if (point.country || point.isOfACountry) {
      const code = point.country || await countryAt(...at);
      const outline = code ? await outlineOf(code) : [];
      if (outline.length) L.geoJSON(outline, { ...style, style }).addTo(this.areas);
    } else if (point.radiusKm) {
      L.circle(at, { ...style, radius: point.radiusKm * 1000 }).addTo(this.areas);
    }
  }

  drawMany(group) {
    const count = group.reduce((sum, one) => sum + one.count, 0);
    const known = group.filter((one) => one.killed !== null);
    const point = {
      label: null, href: null, count,
      killed: known.length ? known.reduce((sum, one) => sum + one.killed, 0) : null,
      noun: group[0].noun,
    };
    const middle = (of) => group.reduce((sum, one) => sum + one[of] * one.count, 0) / count;
    const at = [middle("latitude"), middle("longitude")];
    const { placeId } = group[0];
    if (placeId !== null && group.every((one) => one.placeId === placeId)) {
      // All are at one place, and would not come apart however near one comes.
      point.href = this.listOf(placeId);
      this.mark(at, "a", point, "map-point map-cluster");
      return;
    }
    this.mark(at, "button", point, "map-point map-cluster").addEventListener("click", () => this.open(at, group));
  }

  /** The table of the events at a place, as they are filtered here. */
  listOf(placeId) {
    const asked = new URL(this.box.dataset.mapUrl || "/", location.href).searchParams;
    asked.set("geonames_id", placeId);
    return `/events?${asked}`;
  }

  /** Come nearer, so that those that lie together come apart. */
  open(at, group) {
    const bounds = L.latLngBounds(group.map((one) => [one.latitude, one.longitude]));
    const now = this.map.getZoom();
    const fitting = bounds.getNorthEast().equals(bounds.getSouthWest()) ? now + 2 : this.map.getBoundsZoom(bounds) - 1;
    const zoom = Math.min(CLOSEST, Math.max(now + 1.5, Math.min(now + 4, fitting)));
    this.map.setView(at, zoom);
  }

  mark(at, kind, point, classes) {
    const element = document.createElement(kind);
    element.className = classes;
    element.dataset.key = point.href || `${at[0].toFixed(2)},${at[1].toFixed(2)}`;
    if (kind === "a") element.href = point.href;
    if (kind === "button") element.type = "button";
    if (point.count > 1) {
      element.textContent = short(point.count);
      element.classList.add(`map-cluster-${Math.min(4, Math.floor(Math.log10(point.count)) + 1)}`);
    }
    const told = words(point);
    if (kind === "span") element.setAttribute("role", "img");
    element.setAttribute("aria-label", told);
    element.title = told;
    L.DomEvent.disableClickPropagation(element);
    const icon = L.divIcon({ className: "map-icon", html: element, iconSize: [0, 0] });
    L.marker(at, { icon, keyboard: false, interactive: false }).addTo(this.marks);
    return element;
  }
}

function short(count) {
  return new Intl.NumberFormat(undefined, { notation: "compact", maximumFractionDigits: 1 }).format(count);
}

function words({ label, href, count, killed, noun }) {
  const number = new Intl.NumberFormat();
  const parts = [];
  if (label) parts.push(label);
  if (count > 1 || !label) parts.push(`${number.format(count)} ${noun || (count === 1 ? "event" : "events")}`);
  if (killed) parts.push(`${number.format(killed)} killed`);
  if (count > 1 && !href) parts.push("show nearer");
  return parts.join(", ");
}

const maps = new WeakMap();

/** Make maps of all elements that are to be some. */
function makeMaps() {
  for (const box of document.querySelectorAll(".map[data-map], .map[data-map-url]")) {
    if (!maps.has(box)) maps.set(box, new EventMap(box));
  }
}

// A page can be read and used before its map is drawn, which takes a moment.
if (window.requestIdleCallback) requestIdleCallback(makeMaps, { timeout: 400 });
else makeMaps();

// Where live parts of the page were put in anew, maps show what there is now, in the same part of the world.
document.addEventListener("casus:refreshed", () => {
  makeMaps();
  for (const box of document.querySelectorAll(".map[data-map-url]")) maps.get(box)?.start();
});
