/** Adds style sheets to the shadow root of an element, and restores them if the element moves to another document. */
import { type CSSResult, supportsAdoptingStyleSheets } from 'lit';
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

/** Adopts all styles again, because browsers drop them when the element changes its document. */
export function readoptStyles(root: ShadowRoot): void {
  if (supportsAdoptingStyleSheets) root.adoptedStyleSheets = sheetsFor(root, addedStyles.get(root) ?? []);
}

/**
 * A document adopts only sheets that its own window has constructed. A document without a window is not displayed, and
 * needs no styles.
 */
function sheetsFor({ ownerDocument }: ShadowRoot, styles: CSSResult[]): CSSStyleSheet[] {
  const window = ownerDocument.defaultView;
  if (!window) return [];
  return styles.flatMap((style) => {
    if (ownerDocument === document) return style.styleSheet ?? [];
    const sheet = new window.CSSStyleSheet();
    sheet.replaceSync(style.cssText);
    return sheet;
  });
}
