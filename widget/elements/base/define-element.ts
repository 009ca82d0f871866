/** Like `customElements.define`, but keeps an element that another copy of the widget has already defined. */
export function defineElement(tag: string, element: CustomElementConstructor): void {
  if (!customElements.get(tag)) customElements.define(tag, element);
}
