/** The definitions of Prototype 1.6 that change what other scripts read. */
Object.toJSON = (value) => (Array.isArray(value) ? `[${value.map(Object.toJSON).join(', ')}]` : `"${value}"`);
Array.prototype.toJSON = function () {
  return Object.toJSON(this);
};
String.prototype.toJSON = function () {
  return `"${this}"`;
};
Number.prototype.toJSON = function () {
  return String(this);
};
Date.prototype.toJSON = function () {
  return `"${this.toISOString()}"`;
};
Array.prototype.entries = Array.prototype.toArray = function () {
  return this.slice();
};
Array.from = (all) => (all?.toArray ? all.toArray() : Array.prototype.slice.call(all || []));
Object.keys = (value) => {
  const keys = [];
  for (const key in value) keys.push(key);
  return keys;
};
Object.values = (value) => Object.keys(value).map((key) => value[key]);
