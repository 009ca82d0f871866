/**
 * Detects that a translator or an extension has replaced texts that Lit rendered. Lit would then update the removed
 * text, and the page would keep showing the replacement.
 */
import { hasShadowPolyfill, pageDocument } from './page-document.ts';

/** `NodeFilter.SHOW_TEXT` */
const SHOW_TEXT = 4;

export class RenderedTexts {
  /** Each text with the comment by which Lit finds it. */
  #texts: [marker: Node, text: Node][] = [];

  /** Records the texts that can change. Must be called after each render. */
  record(root: ShadowRoot): void {
    this.#texts = [];
    if (hasShadowPolyfill) return;
    const walker = pageDocument.createTreeWalker(root, SHOW_TEXT);
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
      const marker = text.previousSibling;
      if (marker instanceof Comment && text.nodeValue?.trim()) this.#texts.push([marker, text]);
    }
  }

  /** Whether each text is still where Lit expects it. */
  areIntact(root: ShadowRoot): boolean {
    return this.#texts.every(([marker, text]) => marker.nextSibling === text && root.contains(text));
  }
}
