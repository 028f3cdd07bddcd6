// The ground that maps lie on: countries and units of Natural Earth, or a tile server's images.
import * as L from "/leaflet/leaflet-src.esm.js";

const UNITS_FROM_ZOOM = 5;
const files = new Map();

function load(name) {
  if (!files.has(name)) {
    files.set(name, fetch(`/static/natural-earth/${name}.geojson`).then((answer) => {
      if (!answer.ok) throw new Error(`the basemap can't be loaded (${answer.status})`);
      return answer.json();
    }));
  }
  return files.get(name);
}

/** A colour of the page, by the name of its CSS variable. */
export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** Do something whenever the page changes between light and dark. */
export function onTheme(action) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", action);
  new MutationObserver(action).observe(document.documentElement, { attributeFilter: ["data-theme"] });
}

/** The outlines of countries by their ISO codes, as GeoJSON. */
export async function outlineOf(code) {
  const { features } = await load("countries");
  return features.filter((one) => one.properties.code === code);
}

/** The ISO code of the country that a point lies in, null at sea. */
export async function countryAt(latitude, longitude) {
  const { features } = await load("countries");
  const found = features.find((one) => one.geometry.coordinates.some(
    ([outer]) => isWithin(outer, longitude, latitude),
  ));
  return found?.properties.code ?? null;
}

function isWithin(ring, x, y) {
  let within = false;
  for (let at = 0, last = ring.length - 1; at < ring.length; last = at, at += 1) {
    const [x1, y1] = ring[at];
    const [x2, y2] = ring[last];
    if ((y1 > y) !== (y2 > y) && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) within = !within;
  }
  return within;
}

/** Lay the ground of a map. */
export function layGround(map) {
  const tiles = document.querySelector('meta[name="tiles"]');
  if (tiles) {
    const credit = document.createElement("span");
    credit.textContent = tiles.dataset.credit || "";
    L.tileLayer(tiles.content, { maxZoom: 19, attribution: credit.innerHTML }).addTo(map);
    return;
  }
  map.attributionControl.addAttribution("Natural Earth");
  map.createPane("ground").style.zIndex = 150;
  map.createPane("names").style.zIndex = 160;
  const renderer = L.canvas({ pane: "ground", padding: 0.3 });
  const common = { renderer, pane: "ground", interactive: false };
  const land = () => ({ color: colour("map-border"), weight: 1, fillColor: colour("map-land"), fillOpacity: 1 });
  const lines = () => ({ color: colour("map-unit"), weight: 0.8 });
  let countries = null;
  let units = null;
  const names = L.layerGroup().addTo(map);

  load("countries").then((data) => {
    countries = L.geoJSON(data, { ...common, style: land }).addTo(map);
    units?.bringToFront();
    label(map, names, data);
    map.on("moveend", () => label(map, names, data));
  }).catch((error) => console.error(error));
  const showUnits = () => {
    if (map.getZoom() < UNITS_FROM_ZOOM) { units?.remove(); return; }
    if (units) { units.addTo(map).bringToFront(); return; }
    load("units").then((data) => {
      if (units || map.getZoom() < UNITS_FROM_ZOOM) return;
      units = L.geoJSON(data, { ...common, style: lines }).addTo(map).bringToFront();
    }).catch((error) => console.error(error));
  };
  map.on("zoomend", showUnits);
  map.whenReady(showUnits);
  onTheme(() => { countries?.setStyle(land()); units?.setStyle(lines()); });
}

const inTheReadersTongue = new Intl.DisplayNames([...navigator.languages], { type: "region", fallback: "none" });

/** Write the names of the countries that are large enough to hold them. */
function label(map, names, data) {
  names.clearLayers();
  const seen = map.getBounds();
  for (const { properties, geometry } of data.features) {
    const box = properties.box ??= largest(geometry.coordinates);
    const name = (properties.code && inTheReadersTongue.of(properties.code)) || properties.name;
    const width = map.project(box.getNorthEast()).x - map.project(box.getSouthWest()).x;
    if (width < name.length * 7 + 12 || !seen.contains(box.getCenter())) continue;
    const text = document.createElement("span");
    text.textContent = name;
    const icon = L.divIcon({ className: "map-name", html: text, iconSize: [0, 0] });
    L.marker(box.getCenter(), { icon, pane: "names", interactive: false, keyboard: false }).addTo(names);
  }
}

/** The bounds of the largest part of a country. */
function largest(polygons) {
  let best = null;
  let most = -1;
  for (const [outer] of polygons) {
    const box = L.latLngBounds(outer.map(([x, y]) => [y, x]));
    const size = (box.getNorth() - box.getSouth()) * (box.getEast() - box.getWest());
    if (size > most) { best = box; most = size; }
  }
  return best;
}
