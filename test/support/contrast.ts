/**
 * Runs in the page: returns the controls and shapes whose border, fill or text has too little contrast to the page's
 * background. For pages in forced colors, whose contrast axe does not check.
 */
export function findContrastFaults(host: Element, minContrast = 3): string[] {
  const MIN_TEXT_CONTRAST = 4.5;
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });

  /** Paints the colors over each other, and computes the relative luminance of the result as WCAG 2 defines it. */
  const luminance = (...layers: string[]): number => {
    if (!canvas) throw new Error('no canvas');
    for (const color of layers) {
      canvas.fillStyle = color;
      canvas.fillRect(0, 0, 1, 1);
    }
    const [r = 0, g = 0, b = 0] = [...canvas.getImageData(0, 0, 1, 1).data].map((byte) => {
      const channel = byte / 255;
      return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (color: string, background: string) => {
    const [darker = 0, lighter = 0] = [luminance(background, color), luminance(background)].sort((a, b) => a - b);
    return (lighter + 0.05) / (darker + 0.05);
  };

  const probe = document.body.appendChild(document.createElement('i'));
  probe.setAttribute('hidden', '');
  probe.style.backgroundColor = 'Canvas';
  const background = getComputedStyle(probe).backgroundColor;
  probe.remove();

  const faults: string[] = [];
  for (const element of host.shadowRoot?.querySelectorAll('button, a[href], rect, circle, path') ?? []) {
    if (!element.checkVisibility()) continue;
    const isShape = element instanceof SVGElement;
    // The track of a bar or dial is decoration: the filled part shows the score.
    if (isShape && element.classList.contains('track')) continue;
    const style = getComputedStyle(element);
    const hasBorder = style.borderStyle !== 'none' && style.borderTopWidth !== '0px';
    const border = hasBorder ? [style.borderTopColor] : [];
    const colors = isShape ? [style.fill, style.stroke].filter((paint) => paint !== 'none') : border;
    if (!colors.some((color) => contrast(color, background) >= minContrast))
      faults.push(`${element.localName} ${element.getAttribute('part') ?? ''}: ${colors} on ${background}`);
    if (!isShape && contrast(style.color, background) < MIN_TEXT_CONTRAST)
      faults.push(
        `the text of ${element.localName} ${element.getAttribute('part') ?? ''}: ${style.color} on ${background}`,
      );
  }
  return faults;
}
