/** Runs in the page: what cannot be read or hit as it lies there. Everything is told by bounding boxes, so that fonts may differ. */

/**
 * What is wrong with how an element is laid out: text or controls that stick out, are cut off, lie on one another, or are
 * too small to hit.
 * @param width the widest that the page may be, in CSS pixels.
 * @param dir the page's direction from here on; as it is where it is not said.
 */
export function findLayoutFaults(host: Element, { width, dir }: { width: number; dir?: string }): string[] {
  /** Boxes may differ by what rounding does. */
  const SLACK = 1;
  const SMALLEST_TARGET = 24;
  const faults: string[] = [];
  const page = document.documentElement;
  if (dir) page.dir = dir;
  if (page.scrollWidth > page.clientWidth) faults.push(`the page is ${page.scrollWidth} wide and scrolls sideways`);
  const bounds = host.getBoundingClientRect();
  if (bounds.width > width + SLACK) faults.push(`the element is ${bounds.width} wide`);

  const lines: { box: DOMRect; node: Text }[] = [];
  const look = (root: ShadowRoot | Element) => {
    for (const element of root.querySelectorAll('*')) {
      if (element.shadowRoot) look(element.shadowRoot);
      if (!element.checkVisibility({ visibilityProperty: true })) continue;
      const style = getComputedStyle(element);
      if (style.clipPath !== 'none') continue;
      const name = `${element.localName}.${element.getAttribute('part') ?? element.className}`;
      const box = element.getBoundingClientRect();
      const isSvg = element instanceof SVGElement;
      if (!isSvg && !/visible/.test(style.overflowX) && element.scrollWidth > element.clientWidth + SLACK)
        faults.push(`${name} is cut off at its side: ${element.scrollWidth} in ${element.clientWidth}`);
      if (!isSvg && /hidden|clip/.test(style.overflowY) && element.scrollHeight > element.clientHeight + SLACK)
        faults.push(`${name} is cut off below: ${element.scrollHeight} in ${element.clientHeight}`);
      if (box.left < bounds.left - SLACK || box.right > bounds.right + SLACK)
        faults.push(`${name} sticks out: ${box.left} to ${box.right} in ${bounds.left} to ${bounds.right}`);
      if (element.matches('button, a[href], summary, textarea, input, select, [tabindex="0"]'))
        if (Math.min(box.width, box.height) < SMALLEST_TARGET - 0.01)
          faults.push(`${name} is hard to hit: ${box.width} by ${box.height}`);
      for (const node of element.childNodes)
        if (node instanceof Text && node.data.trim()) {
          const range = document.createRange();
          range.selectNodeContents(node);
          for (const line of range.getClientRects()) if (line.width > 1) lines.push({ box: line, node });
        }
    }
  };
  look(host.shadowRoot ?? host);

  // A line's box holds room for what rises above and hangs below; what touches there can still be read.
  const overlap = (a: DOMRect, b: DOMRect) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > Math.min(a.height, b.height) * 0.4;
  for (const { box, node } of lines) {
    if (box.left < bounds.left - SLACK || box.right > bounds.right + SLACK)
      faults.push(`“${node.data.trim().slice(0, 40)}” sticks out: ${box.left} to ${box.right}`);
  }
  for (const [index, a] of lines.entries())
    for (const b of lines.slice(index + 1, index + 40))
      if (a.node !== b.node && overlap(a.box, b.box))
        faults.push(`“${a.node.data.trim().slice(0, 30)}” lies on “${b.node.data.trim().slice(0, 30)}”`);
  return [...new Set(faults)];
}

/** Where everything lies, for comparing, while the page's root has styles of its own. */
export function snapshotBoxes(host: Element, ofRoot: Record<string, string> = {}): string {
  const { style } = document.documentElement;
  const boxes: string[] = [];
  for (const [name, value] of Object.entries(ofRoot)) style.setProperty(name, value);
  for (const element of [host, ...(host.shadowRoot?.querySelectorAll('*') ?? [])]) {
    const { x, y, width, height } = element.getBoundingClientRect();
    boxes.push(`${element.localName} ${[x, y, width, height].map((one) => one.toFixed(1)).join(' ')}`);
  }
  for (const name of Object.keys(ofRoot)) style.removeProperty(name);
  return boxes.join('\n');
}

/** The spacing that WCAG 1.4.12 says a reader may want. */
export function applyTextSpacing(host: Element): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    `:host, * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
     p { margin-block-end: 2em !important }`,
  );
  host.shadowRoot?.adoptedStyleSheets.push(sheet);
}
