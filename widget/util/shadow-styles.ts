/** Adds style sheets to a shadow root later than its element, and restores them in another document. */
import { type CSSResult, type CSSResultOrNative, supportsAdoptingStyleSheets } from 'lit';
import { pageDocument } from './page-document.ts';

const addedStyles = new WeakMap<ShadowRoot, CSSResult[]>();

/** Adds a style sheet to a shadow root, once. */
export function addStyles(root: ShadowRoot, styles: CSSResult): void {
  const added = addedStyles.get(root) ?? [];
  if (added.includes(styles)) return;
  addedStyles.set(root, [...added, styles]);
  if (supportsAdoptingStyleSheets) root.adoptedStyleSheets = [...root.adoptedStyleSheets, ...sheetsFor(root, [styles])];
  else root.appendChild(pageDocument.createElement('style')).textContent = styles.cssText;
}

/**
 * Adopts an element's styles and the added ones again, because browsers drop them when the element changes its
 * document.
 */
export function readoptStyles(root: ShadowRoot, ofElement: CSSResultOrNative[]): void {
  if (!supportsAdoptingStyleSheets) return;
  root.adoptedStyleSheets = sheetsFor(root, [...ofElement, ...(addedStyles.get(root) ?? [])]);
}

/** A document adopts only sheets that its own window has constructed. A document without a window shows nothing. */
function sheetsFor({ ownerDocument }: ShadowRoot, styles: CSSResultOrNative[]): CSSStyleSheet[] {
  const window = ownerDocument.defaultView;
  if (!window) return [];
  return (styles as CSSResult[]).flatMap((one) => {
    if (ownerDocument === document) return one.styleSheet ?? [];
    const sheet = new window.CSSStyleSheet();
    sheet.replaceSync(one.cssText);
    return sheet;
  });
}
