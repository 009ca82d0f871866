/**
 * The document that Lit parses its templates in, in place of the page's. Elements of the page cannot shadow its
 * properties, and it parses HTML even if the page is XHTML. The rendered nodes belong to the page's document.
 */
import { hasShadowPolyfill, pageDocument } from './page-document.ts';

export const templateDocument: Document = hasShadowPolyfill
  ? document
  : Object.assign(pageDocument.implementation.createHTMLDocument(''), { importNode: pageDocument.importNode });
