/**
 * Must be imported before Lit. An element with the id `litHtmlVersions` is a property of `window`, which Lit would
 * mistake for its own variable. Assigning the property of `window` hides the element.
 */
const LIT_GLOBALS =
  'ShadyCSS trustedTypes litElementHydrateSupport litElementPolyfillSupport litElementVersions litHtmlPolyfillSupport litHtmlVersions litPropertyMetadata reactiveElementPolyfillSupport reactiveElementVersions';

const global = window as unknown as Record<string, unknown>;
for (const name of LIT_GLOBALS.split(' ')) if (name in global && !Object.hasOwn(global, name)) global[name] = undefined;
