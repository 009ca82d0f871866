/**
 * Reads a document's own properties. An element of the page named `body` or `createElement` shadows that property of
 * `document`, so it is read from the prototype.
 */
export function shieldDocument(target: Document): Document {
  return new Proxy(target, {
    get(_, name) {
      const value = Reflect.get(Document.prototype, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** Use it in place of `document`, except as an argument of the DOM. */
export const pageDocument = shieldDocument(document);
