/**
 * Use this in place of `document`, except as an argument of a DOM method. An element of the page whose `name` is `body`
 * or `createElement` hides that property of `document` (“DOM clobbering”). This proxy reads from the prototype instead.
 */
export const pageDocument = new Proxy(document, {
  get(target, name) {
    const value = Reflect.get(Document.prototype, name, target);
    return typeof value === 'function' ? value.bind(target) : value;
  },
});

/**
 * Whether a polyfill implements shadow trees. The polyfill covers only the page's own document, and a `TreeWalker`
 * cannot walk its shadow roots, because they are not nodes.
 */
export const hasShadowPolyfill = 'ShadyDOM' in window;
