/**
 * Must be imported before Lit. An element with the id `litHtmlVersions` is a property of `window`, and Lit would
 * take it for its own. A property that `window` owns hides the element.
 */
const LIT_GLOBALS =
  'ShadyCSS trustedTypes litElementHydrateSupport litElementPolyfillSupport litElementVersions litHtmlPolyfillSupport litHtmlVersions litPropertyMetadata reactiveElementPolyfillSupport reactiveElementVersions';

const global = window as unknown as Record<string, unknown>;
for (const name of LIT_GLOBALS.split(' ')) if (name in global && !Object.hasOwn(global, name)) global[name] = undefined;
