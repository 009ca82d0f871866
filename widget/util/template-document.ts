/**
 * Lit parses its templates in this document, not in the page's document. Elements of the page cannot shadow the
 * properties of this document, and it parses HTML even if the page is XHTML. The rendered nodes belong to the page's
 * document.
 */
import { hasShadowPolyfill, pageDocument } from './page-document.ts';

export const templateDocument: Document = hasShadowPolyfill
  ? document
  : Object.assign(pageDocument.implementation.createHTMLDocument(''), { importNode: pageDocument.importNode });
