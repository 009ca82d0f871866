/* Measures the contrast of an element's text and shapes, as WCAG 2.2 defines it. */

const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
const SHAPES = 'rect, circle, path';
const MIN_TEXT_CONTRAST = 4.5;
const MIN_LARGE_TEXT_CONTRAST = 3;
const MIN_SHAPE_CONTRAST = 3;
/* 18 pt, or 14 pt if bold. */
const LARGE_TEXT_PX = 24;
const LARGE_BOLD_TEXT_PX = 18.66;
const BOLD_WEIGHT = 700;

/* Paints the colors over each other, the lowest first. Returns red, green and blue. */
function blend(colors) {
  context.clearRect(0, 0, 1, 1);
  for (const color of colors) {
    context.fillStyle = color;
    context.fillRect(0, 0, 1, 1);
  }
  return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
}

/* Returns WCAG's relative luminance of an sRGB color. */
function computeLuminance(bytes) {
  const [r, g, b] = bytes.map((byte) => {
    const share = byte / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/* Returns the contrast ratio of two colors, from 1 to 21. */
function computeContrast(a, b) {
  const [low, high] = [computeLuminance(a), computeLuminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/* Returns the background colors behind the element's text, the lowest first. */
function getBackgrounds(element, pageColor) {
  const colors = [];
  const getParent = (child) => child.assignedSlot ?? child.parentElement ?? child.getRootNode().host;
  for (let ancestor = element; ancestor instanceof Element; ancestor = getParent(ancestor)) {
    colors.unshift(getComputedStyle(ancestor).backgroundColor);
  }
  return [pageColor, ...colors];
}

/**
 * Returns the pairs of a color and its background in the host's shadow root: `{text, color, background, ratio,
 * required}`. Lists each pair of colors once, with the first text that has it. A shape has an empty `text`.
 * @param pageColor the color of the page behind the host.
 */
export function measureContrasts(host, pageColor) {
  const pairs = new Map();
  const add = (text, paint, element, required) => {
    const backgrounds = getBackgrounds(element, pageColor);
    const [background, color] = [blend(backgrounds), blend([...backgrounds, paint])];
    const key = `${color} ${background} ${required}`;
    if (pairs.has(key)) return;
    const ratio = computeContrast(color, background);
    pairs.set(key, { text, color: `rgb(${color})`, background: `rgb(${background})`, ratio, required });
  };
  for (const element of host.shadowRoot?.querySelectorAll('*') ?? []) {
    const style = getComputedStyle(element);
    /* WCAG makes an exception for disabled controls. */
    if (style.display === 'none' || element.matches('[aria-disabled=true] *, [aria-disabled=true]')) continue;
    if (element.matches(SHAPES)) {
      /* WCAG makes an exception for decoration, such as the track of a score's bar. */
      if (element.classList.contains('track')) continue;
      const paints = [style.fill, style.stroke].filter((paint) => paint !== 'none');
      for (const paint of paints) add('', paint, element.closest('svg'), MIN_SHAPE_CONTRAST);
      continue;
    }
    const textNode = [...element.childNodes].find((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (!textNode) continue;
    const sizePx = Number.parseFloat(style.fontSize);
    const isBold = Number(style.fontWeight) >= BOLD_WEIGHT;
    const isLarge = sizePx >= (isBold ? LARGE_BOLD_TEXT_PX : LARGE_TEXT_PX);
    add(textNode.data.trim(), style.color, element, isLarge ? MIN_LARGE_TEXT_CONTRAST : MIN_TEXT_CONTRAST);
  }
  return [...pairs.values()];
}
