/** Functions that run in the page. They compare bounding boxes instead of pixels, because fonts differ by machine. */

/**
 * Returns text and controls that stick out, are cut off, overlap, or are too small to click.
 * @param options.width the widest permitted element, in CSS pixels.
 * @param options.dir sets the page's direction.
 */
export function findLayoutFaults(host: Element, { width, dir }: { width: number; dir?: string }): string[] {
  const TOLERANCE_PX = 1;
  const MIN_TARGET_PX = 24;
  const faults: string[] = [];
  const page = document.documentElement;
  if (dir) page.dir = dir;
  if (page.scrollWidth > page.clientWidth)
    faults.push(`the page is ${page.scrollWidth} px wide and scrolls horizontally`);
  const bounds = host.getBoundingClientRect();
  if (bounds.width > width + TOLERANCE_PX) faults.push(`the element is ${bounds.width} px wide`);
  const sticksOut = ({ left, right }: DOMRect) =>
    left < bounds.left - TOLERANCE_PX || right > bounds.right + TOLERANCE_PX;

  /** Content may stick out of a region that scrolls horizontally, if the region can have the focus. */
  const isScroller = (element: Element) =>
    element.matches('[tabindex="0"]') && /auto|scroll/.test(getComputedStyle(element).overflowX);
  const isInScroller = (element: Element | null): boolean =>
    element !== null && (isScroller(element) || isInScroller(element.parentElement));

  const lines: { box: DOMRect; node: Text }[] = [];
  const checkTree = (root: ShadowRoot | Element) => {
    for (const element of root.querySelectorAll('*')) {
      if (element.shadowRoot) checkTree(element.shadowRoot);
      if (!element.checkVisibility({ visibilityProperty: true })) continue;
      const style = getComputedStyle(element);
      // Only screen readers read a clipped element.
      if (style.clipPath !== 'none') continue;
      const name = `${element.localName}.${element.getAttribute('part') ?? element.className}`;
      const box = element.getBoundingClientRect();
      const isSvg = element instanceof SVGElement;
      if (
        !isSvg &&
        !isScroller(element) &&
        !/visible/.test(style.overflowX) &&
        element.scrollWidth > element.clientWidth + TOLERANCE_PX
      )
        faults.push(`${name} is cut off at its side: ${element.scrollWidth} in ${element.clientWidth}`);
      if (!isSvg && /hidden|clip/.test(style.overflowY) && element.scrollHeight > element.clientHeight + TOLERANCE_PX)
        faults.push(`${name} is cut off below: ${element.scrollHeight} in ${element.clientHeight}`);
      if (sticksOut(box) && !isInScroller(element.parentElement))
        faults.push(`${name} sticks out: ${box.left} to ${box.right} in ${bounds.left} to ${bounds.right}`);
      if (element.matches('button, a[href], summary, textarea, input, select, [tabindex="0"]')) {
        // A click on a checkbox's label also reaches the checkbox.
        const target = (element.closest('label') ?? element).getBoundingClientRect();
        if (Math.min(target.width, target.height) < MIN_TARGET_PX - 0.01)
          faults.push(`${name} is too small to click: ${target.width} by ${target.height}`);
      }
      for (const node of element.childNodes)
        if (node instanceof Text && node.data.trim()) {
          const range = document.createRange();
          range.selectNodeContents(node);
          for (const line of range.getClientRects()) if (line.width > 1) lines.push({ box: line, node });
        }
    }
  };
  checkTree(host.shadowRoot ?? host);

  // The box of a line includes ascenders and descenders, so lines may touch and stay readable.
  const overlap = (a: DOMRect, b: DOMRect) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > Math.min(a.height, b.height) * 0.4;
  const quote = ({ data }: Text) => `“${data.trim().slice(0, 40)}”`;
  for (const { box, node } of lines)
    if (sticksOut(box) && !isInScroller(node.parentElement))
      faults.push(`${quote(node)} sticks out: ${box.left} to ${box.right}`);
  // Compares each line only with the next 39 lines of the document, because all pairs would take too long.
  for (const [index, a] of lines.entries())
    for (const b of lines.slice(index + 1, index + 40))
      if (a.node !== b.node && overlap(a.box, b.box)) faults.push(`${quote(a.node)} overlaps ${quote(b.node)}`);
  return [...new Set(faults)];
}

/** Returns all bounding boxes as text, measured while the page's root has these styles. */
export function snapshotBoxes(host: Element, rootStyles: Record<string, string> = {}): string {
  const { style } = document.documentElement;
  const boxes: string[] = [];
  for (const [name, value] of Object.entries(rootStyles)) style.setProperty(name, value);
  for (const element of [host, ...(host.shadowRoot?.querySelectorAll('*') ?? [])]) {
    const { x, y, width, height } = element.getBoundingClientRect();
    boxes.push(`${element.localName} ${[x, y, width, height].map((value) => value.toFixed(1)).join(' ')}`);
  }
  for (const name of Object.keys(rootStyles)) style.removeProperty(name);
  return boxes.join('\n');
}

/** Applies the text spacing of WCAG 1.4.12. */
export function applyTextSpacing(host: Element): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    `:host, * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
     p { margin-block-end: 2em !important }`,
  );
  host.shadowRoot?.adoptedStyleSheets.push(sheet);
}
