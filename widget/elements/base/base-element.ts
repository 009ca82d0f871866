/**
 * A `LitElement` for pages that the widget does not control. It keeps its styles if the page moves it to another
 * document. It restores text that a translator has replaced, and shows an exception as a sentence. It lets the page
 * respond between updates.
 */
import { type CSSResult, LitElement, type PropertyValues, render } from 'lit';
import { toProblem } from '../../api/errors.ts';
import { renderProblemText } from '../../components/problem.ts';
import { emit } from '../../util/events.ts';
import { pageDocument } from '../../util/page-document.ts';
import { RenderedTexts } from '../../util/rendered-texts.ts';
import { addStyles, readoptStyles } from '../../util/shadow-styles.ts';
import { runOrDefer } from '../../util/yield-to-page.ts';

/** The attributes of all elements, by their names without hyphens. */
const attributesByPlainName = new Map<string, string>();

export abstract class BaseElement extends LitElement {
  declare readonly renderRoot: ShadowRoot;
  readonly #texts = new RenderedTexts();

  /** Adds the names without hyphens: some frameworks set an attribute `candidateEmail`, which HTML lower-cases. */
  static override get observedAttributes(): string[] {
    // biome-ignore lint/complexity/noThisInStatic: the subclass declares the attributes
    const names = super.observedAttributes;
    for (const name of names) attributesByPlainName.set(name.replaceAll('-', ''), name);
    return [...names, ...names.map((name) => name.replaceAll('-', ''))];
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(attributesByPlainName.get(name) ?? name, old, value);
  }

  /** Adds the styles without Lit, which cannot style an element that changes its document before its first render. */
  protected override createRenderRoot(): ShadowRoot {
    const { elementStyles, shadowRootOptions } = this.constructor as typeof BaseElement;
    const root = this.attachShadow(shadowRootOptions);
    for (const styles of elementStyles) addStyles(root, styles as CSSResult);
    return root;
  }

  adoptedCallback(): void {
    if (this.shadowRoot) readoptStyles(this.shadowRoot);
  }

  protected override scheduleUpdate(): Promise<void> | undefined {
    return runOrDefer(() => super.scheduleUpdate());
  }

  protected override performUpdate(): void {
    try {
      super.performUpdate();
    } catch (error) {
      reportError(error);
      const problem = toProblem(error);
      this.clearContent();
      render(renderProblemText(problem), this.renderRoot, this.renderOptions);
      emit(this, 'evalon-error', { code: problem.code, detail: problem.code });
    }
  }

  protected override update(changed: PropertyValues): void {
    if (!this.#texts.areIntact(this.renderRoot)) this.clearContent();
    super.update(changed);
    this.#texts.record(this.renderRoot);
  }

  /** Removes all nodes except the styles, even nodes of other scripts. The next render creates all nodes again. */
  protected clearContent(): void {
    const end = pageDocument.createComment('');
    const styles = [...this.renderRoot.children].filter(({ localName }) => localName === 'style');
    this.renderRoot.replaceChildren(...styles, end);
    this.renderOptions.renderBefore = end;
  }
}
