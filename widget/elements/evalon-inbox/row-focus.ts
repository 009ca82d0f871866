import { pageDocument } from '../../util/page-document.ts';

/** Keeps the keyboard focus in a list whose rows are added, removed and reordered. */
export class RowFocus {
  #saved: { id: string | undefined; list: Element; index: number } | undefined;

  /** Stores the focused row. Call it before an update. */
  save(root: ShadowRoot): void {
    const { activeElement } = root;
    const row = activeElement?.closest('li');
    const list = row?.parentElement;
    if (list) this.#saved = { id: row.firstElementChild?.id, list, index: [...list.children].indexOf(row) };
    else if (!activeElement) this.#saved = undefined;
  }

  /** Makes the next `restore` focus the row at `index`. */
  moveTo(list: Element, index: number): void {
    this.#saved = { id: undefined, list, index };
  }

  /** Focuses the row that had the focus, or the row in its place, or `fallback`. */
  restore(root: ShadowRoot, fallback: Element | null): void {
    if (!this.#saved || root.activeElement || pageDocument.activeElement !== pageDocument.body) return;
    const { id, list, index } = this.#saved;
    const rowAtIndex = list.isConnected && (list.children[index] ?? list.lastElementChild)?.firstElementChild;
    const target = ((id && root.getElementById(id)) || rowAtIndex || fallback) as HTMLElement | null;
    target?.focus({ preventScroll: true });
  }

  clear(): void {
    this.#saved = undefined;
  }
}
