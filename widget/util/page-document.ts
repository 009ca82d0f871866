/**
 * Use this in place of `document`, except as an argument of a DOM method. An element of the page named `body` or
 * `createElement` shadows that property of `document`, so this proxy reads properties from the prototype.
 */
export const pageDocument = new Proxy(document, {
  get(target, name) {
    const value = Reflect.get(Document.prototype, name, target);
    return typeof value === 'function' ? value.bind(target) : value;
  },
});

/** Whether a polyfill implements shadow trees. It works only in the page's document. Its shadow roots are not nodes. */
export const hasShadowPolyfill = 'ShadyDOM' in window;
