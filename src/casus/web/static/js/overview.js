// The overview keeps up with the casebook; its map does so by itself.
import "./filters.js";
import "./live.js";
import "./saved.js";
