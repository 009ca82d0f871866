/** Analyzes the elements for the package's `custom-elements.json`, and derives the data for editors from it. */
import { customElementVsCodePlugin } from 'custom-element-vs-code-integration';

/** @typedef {{ kind: string, static?: boolean, privacy?: string, readonly?: boolean, inheritedFrom?: object }} Member */
/** @typedef {{ name: string, tagName?: string, members?: Member[], attributes?: Member[] }} Declaration */
/** @typedef {{ kind: string, path: string, declarations?: object[], exports?: object[] }} Module */

const MODULE = 'index.js';
const { PACKAGE_FOLDER: outdir = '' } = process.env;

export default {
  globs: ['widget/elements/{base/*-element,evalon-*/evalon-*}.ts'],
  litelement: true,
  // Otherwise the analyzer writes into the repository's package.json.
  packagejson: false,
  plugins: [
    { name: 'keep-public-api', packageLinkPhase: keepPublicApi },
    customElementVsCodePlugin({ outdir, hideCssPropertiesDocs: true, hideLogs: true }),
  ],
};

/**
 * Replaces the source modules by the package's one module. It exports the elements, with only their public properties.
 * @param {{ customElementsManifest: { modules: Module[] } }} options
 */
function keepPublicApi({ customElementsManifest }) {
  const declarations = customElementsManifest.modules
    .flatMap((module) => /** @type {Declaration[]} */ (module.declarations ?? []))
    .filter(({ tagName }) => tagName)
    .map(toPublicElement);
  const exports = declarations.map(
    ({ name }) => /** @type {const} */ ({ kind: 'js', name, declaration: { name, module: MODULE } }),
  );
  customElementsManifest.modules = [{ kind: 'javascript-module', path: MODULE, declarations, exports }];
}

/** @param {Declaration} element */
function toPublicElement({ members = [], attributes = [], ...element }) {
  return {
    ...element,
    superclass: { name: 'LitElement', package: 'lit' },
    members: members
      .filter((member) => member.kind === 'field' && !member.static && !member.privacy && !member.readonly)
      .map(({ inheritedFrom: _, ...member }) => member),
    attributes: attributes.map(({ inheritedFrom: _, ...attribute }) => attribute),
  };
}
