/** Runs in the page: what cannot be told from what lies behind it. */

/**
 * Borders of controls and shapes that are not seen against the page, where the user's colours rule.
 * @param enough the contrast that is asked for.
 */
export function findContrastFaults(host: Element, enough = 3): string[] {
  const faults: string[] = [];
  const pen = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const luminance = (colour: string, over?: string): number => {
    if (!pen) throw new Error('no canvas');
    for (const fill of [over, colour]) {
      if (!fill) continue;
      pen.fillStyle = fill;
      pen.fillRect(0, 0, 1, 1);
    }
    const [r = 0, g = 0, b = 0] = [...pen.getImageData(0, 0, 1, 1).data].map((byte) => {
      const share = byte / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (colour: string, against: string) => {
    const [low = 0, high = 0] = [luminance(colour, against), luminance(against)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const probe = document.body.appendChild(document.createElement('i'));
  probe.setAttribute('hidden', '');
  probe.style.backgroundColor = 'Canvas';
  const canvas = getComputedStyle(probe).backgroundColor;
  probe.remove();

  for (const element of host.shadowRoot?.querySelectorAll('button, a[href], rect, circle, path') ?? []) {
    if (!element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    const isShape = element instanceof SVGElement;
    if (isShape && element.classList.contains('track')) continue;
    const seen = isShape
      ? [style.fill, style.stroke].filter((paint) => paint !== 'none')
      : style.borderStyle === 'none' || style.borderTopWidth === '0px'
        ? []
        : [style.borderTopColor];
    if (!seen.some((paint) => contrast(paint, canvas) >= enough))
      faults.push(`${element.localName} ${element.getAttribute('part') ?? ''}: ${seen} on ${canvas}`);
  }
  return faults;
}
