/**
 * Import it before Lit. An element with the id `litHtmlVersions` is a property of `window`, and Lit would take it for its
 * own. A property that `window` owns hides the element.
 */
const LIT_GLOBALS = [
  'ShadyCSS',
  'litElementHydrateSupport',
  'litElementPolyfillSupport',
  'litElementVersions',
  'litHtmlPolyfillSupport',
  'litHtmlVersions',
  'litPropertyMetadata',
  'reactiveElementPolyfillSupport',
  'reactiveElementVersions',
  'trustedTypes',
];

for (const name of LIT_GLOBALS) {
  if (name in window && !Object.hasOwn(window, name)) Object.assign(window, { [name]: undefined });
}
