/**
 * A list whose rows stay the same elements while others come, go and pass them: so a row keeps its focus, and a click never
 * hits another than was aimed at. (Lit's own `repeat` would cost every page the parts of Lit that it needs.)
 */
import { render, type TemplateResult } from 'lit';

export class KeyedList {
  readonly element = document.createElement('ul');
  readonly #rows = new Map<string, HTMLLIElement>();

  constructor(part: string) {
    // Without bullets it would be no list to Safari.
    this.element.setAttribute('role', 'list');
    this.element.setAttribute('part', part);
  }

  /** Shows these rows in this order. */
  update(rows: readonly { key: string; view: TemplateResult }[]): HTMLElement {
    const shown = new Set(rows.map(({ key }) => key));
    for (const [key, row] of this.#rows) {
      if (shown.has(key)) continue;
      row.remove();
      this.#rows.delete(key);
    }
    for (const [index, { key, view }] of rows.entries()) {
      const row = this.#rows.get(key) ?? document.createElement('li');
      this.#rows.set(key, row);
      const there = this.element.children[index];
      if (row !== there) this.element.insertBefore(row, there ?? null);
      render(view, row);
    }
    return this.element;
  }
}
