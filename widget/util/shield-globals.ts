const SUFFIXES = ['HydrateSupport', 'PolyfillSupport', 'Versions'];
const LIT_GLOBALS = [
  'ShadyCSS',
  'litPropertyMetadata',
  'trustedTypes',
  ...['litElement', 'litHtml', 'reactiveElement'].flatMap((name) => SUFFIXES.map((suffix) => name + suffix)),
];

/**
 * Call it before Lit loads. An element with the id `litHtmlVersions` is a property of `window`, and Lit would take it for
 * its own. A property that `window` owns hides the element.
 */
export function shieldGlobals(): void {
  for (const name of LIT_GLOBALS)
    if (name in window && !Object.hasOwn(window, name)) Object.assign(window, { [name]: undefined });
}
