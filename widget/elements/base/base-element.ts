/** A `LitElement` that keeps its styles when it moves to another document. It lets the page respond between updates. */
import { LitElement } from 'lit';
import { readoptStyles } from '../../util/shadow-styles.ts';
import { runOrDefer } from '../../util/yield-to-page.ts';

export abstract class BaseElement extends LitElement {
  declare readonly renderRoot: ShadowRoot;

  adoptedCallback(): void {
    if (this.shadowRoot) readoptStyles(this.shadowRoot, (this.constructor as typeof BaseElement).elementStyles);
  }

  protected override scheduleUpdate(): Promise<void> | undefined {
    return runOrDefer(() => super.scheduleUpdate());
  }
}
