/**
 * Reads the DOM of a page that may be hostile. A form field named `textContent`, or an image named `body`, replaces the
 * property of that name (DOM clobbering). Therefore this file calls the getters and methods of the prototypes.
 */
const HTML_NAMESPACE = 'http://www.w3.org/1999/xhtml';

export const getDocumentElement = getterOf<Document, Element | null>(Document.prototype, 'documentElement');
const getBaseUri = getterOf<Node, string>(Node.prototype, 'baseURI');
const getTextContent = getterOf<Node, string | null>(Node.prototype, 'textContent');
const { querySelectorAll, createElementNS } = Document.prototype;
const { getAttribute, insertAdjacentElement, remove } = Element.prototype;

function getterOf<This, Value>(prototype: object, name: string): (target: This) => Value {
  const { get } = Object.getOwnPropertyDescriptor(prototype, name) as PropertyDescriptor;
  return (target) => (get as () => Value).call(target);
}

/** Returns all matches. An invalid selector matches nothing. */
export function queryAll(document: Document, selector: string): Element[] {
  try {
    return [...querySelectorAll.call(document, selector)];
  } catch {
    return [];
  }
}

export function readAttribute(element: Element, name: string): string {
  return getAttribute.call(element, name) ?? '';
}

export function readText(node: Node): string {
  return getTextContent(node) ?? '';
}

/** Returns the URL of a link, or undefined if it has none. */
export function readLink(element: Element): URL | undefined {
  const href = readAttribute(element, 'href');
  const base = getBaseUri(element);
  return href && URL.canParse(href, base) ? new URL(href, base) : undefined;
}

/** Also works in XML documents, where `createElement` makes no HTML elements. */
export function createHtmlElement<Tag extends keyof HTMLElementTagNameMap>(
  document: Document,
  tag: Tag,
): HTMLElementTagNameMap[Tag] {
  return createElementNS.call(document, HTML_NAMESPACE, tag) as HTMLElementTagNameMap[Tag];
}

export function insertElement(place: Element, position: InsertPosition, element: Element): void {
  insertAdjacentElement.call(place, position, element);
}

export function removeElement(element: Element): void {
  remove.call(element);
}
