/** Like Lit's `@customElement`, but keeps an element that another copy of the widget has already defined. */
export function customElement(tag: string) {
  return (element: CustomElementConstructor): void => {
    if (!customElements.get(tag)) customElements.define(tag, element);
  };
}
