/** Runs in the page: how an element looks, as text of boxes and colours. A page with the font of boxes has it the same everywhere. */

/**
 * One line for each node that is seen: where it lies within the element, and what it is painted with.
 * @returns lines such as `button[invite-button] 24,61 118x32 font:13/500 text:#ffffff fill:#4353d9`.
 */
export function snapshotLayout(host: Element): string[] {
  const pen = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const hex = (colour: string): string => {
    if (!pen) throw new Error('no canvas');
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    const [r = 0, g = 0, b = 0, a = 0] = pen.getImageData(0, 0, 1, 1).data;
    return a ? `#${[r, g, b, ...(a < 255 ? [a] : [])].map((byte) => byte.toString(16).padStart(2, '0')).join('')}` : '';
  };
  const origin = host.getBoundingClientRect();
  const lines: string[] = [];
  const look = (element: Element, above: string, depth: number) => {
    if (!element.checkVisibility({ visibilityProperty: true })) return;
    const style = getComputedStyle(element);
    const { x, y, width, height } = element.getBoundingClientRect();
    const part = element.getAttribute('part');
    const isSvg = element instanceof SVGElement;
    const border = ['Top', 'Right', 'Bottom', 'Left'].map((side) => {
      const size = style.getPropertyValue(`border-${side.toLowerCase()}-width`);
      return Number.parseFloat(size)
        ? `${Number.parseFloat(size)}${hex(style.getPropertyValue(`border-${side.toLowerCase()}-color`))}`
        : '-';
    });
    const paint = (value: string) => (value === 'none' ? '' : hex(value));
    const text = `font:${Number.parseFloat(style.fontSize)}/${style.fontWeight} text:${hex(style.color)}`;
    const facts = [
      isSvg || text === above ? '' : text,
      isSvg ? `fill:${paint(style.fill)}` : hex(style.backgroundColor) && `back:${hex(style.backgroundColor)}`,
      isSvg && paint(style.stroke) && `stroke:${paint(style.stroke)}/${Number.parseFloat(style.strokeWidth)}`,
      new Set(border).size > 1 || border[0] !== '-'
        ? `border:${[...new Set(border)].length === 1 ? border[0] : border}`
        : '',
      style.borderTopLeftRadius === '0px' ? '' : `radius:${style.borderTopLeftRadius}`,
      style.opacity === '1' ? '' : `opacity:${style.opacity}`,
      style.boxShadow === 'none' ? '' : 'shadow',
    ];
    const place = [x - origin.x, y - origin.y].map((one) => one.toFixed(1)).join(',');
    const size = [width, height].map((one) => one.toFixed(1)).join('x');
    const name = `${' '.repeat(depth)}${element.localName}${part ? `[${part}]` : ''}`;
    lines.push([name, place, size, ...facts].filter(Boolean).join(' '));
    for (const child of (element.shadowRoot ?? element).children) look(child, text, depth + 1);
  };
  look(host, '', 0);
  return lines;
}

/** CSS pixels by which a box may lie elsewhere on another machine. */
const SLACK = 1;
const NUMBERS = /(?<= )-?\d+\.\d(?=[,x ]|$)|(?<=[,x])-?\d+\.\d/g;

/** What differs between two poll_count: numbers of boxes by more than rounding does, anything else at all. */
export function diffLayouts(kept: readonly string[], now: readonly string[]): string[] {
  if (kept.length !== now.length) return [`${kept.length} nodes became ${now.length}`];
  return now.flatMap((line, index) => {
    const before = kept[index] ?? '';
    const [boxes, boxesBefore] = [line, before].map((one) => (one.match(NUMBERS) ?? []).map(Number));
    const moved = boxes?.some((one, at) => Math.abs(one - (boxesBefore?.[at] ?? Number.NaN)) > SLACK);
    const changed = line.replaceAll(NUMBERS, '') !== before.replaceAll(NUMBERS, '');
    return moved || changed ? [`${before.trim()} → ${line.trim()}`] : [];
  });
}
