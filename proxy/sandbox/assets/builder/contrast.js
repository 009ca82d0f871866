/* How well what an element shows can be told from what lies behind it, by WCAG's measure. */

const pen = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
const SHAPES = 'rect, circle, path';

/** Red, green, blue of a colour laid over others, the lowest first. */
function mixed(colours) {
  pen.clearRect(0, 0, 1, 1);
  for (const colour of colours) {
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
  }
  return [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3);
}

function luminance(bytes) {
  const [r, g, b] = bytes.map((byte) => {
    const share = byte / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** From 1 to 21. */
function contrast(a, b) {
  const [low, high] = [luminance(a), luminance(b)].sort((one, other) => one - other);
  return (high + 0.05) / (low + 0.05);
}

function backdropsOf(element, page) {
  const colours = [];
  for (let at = element; at instanceof Element; at = at.assignedSlot ?? at.parentElement ?? at.getRootNode().host) {
    colours.unshift(getComputedStyle(at).backgroundColor);
  }
  return [page, ...colours];
}

/**
 * What is shown, each pair of colours once: `{sample, colour, behind, ratio, needed}`.
 * @param page the colour of the page behind the element.
 */
export function contrastsIn(host, page) {
  const found = new Map();
  const take = (sample, colour, element, needed) => {
    const backdrops = backdropsOf(element, page);
    const [behind, seen] = [mixed(backdrops), mixed([...backdrops, colour])];
    const key = `${seen} ${behind} ${needed}`;
    if (found.has(key)) return;
    found.set(key, { sample, colour: `rgb(${seen})`, behind: `rgb(${behind})`, ratio: contrast(seen, behind), needed });
  };
  for (const element of host.shadowRoot?.querySelectorAll('*') ?? []) {
    const style = getComputedStyle(element);
    if (style.display === 'none' || element.matches('[aria-disabled=true] *, [aria-disabled=true]')) continue;
    if (element.matches(SHAPES)) {
      if (element.classList.contains('track')) continue;
      for (const paint of [style.fill, style.stroke]) if (paint !== 'none') take('', paint, element.closest('svg'), 3);
      continue;
    }
    const text = [...element.childNodes].find((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (!text) continue;
    const size = Number.parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    take(text.data.trim(), style.color, element, isLarge ? 3 : 4.5);
  }
  return [...found.values()];
}
