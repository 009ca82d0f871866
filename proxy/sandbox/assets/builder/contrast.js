/* Measures the contrast of an element's text and shapes, as WCAG 2.2 defines it. */

const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
const SHAPES = 'rect, circle, path';
const MIN_TEXT_CONTRAST = 4.5;
const MIN_LARGE_TEXT_CONTRAST = 3;
const MIN_SHAPE_CONTRAST = 3;
/* 18 pt, or 14 pt if bold. */
const LARGE_TEXT_PX = 24;
const LARGE_BOLD_TEXT_PX = 18.66;

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

function getBackgrounds(element, pageColor) {
  const colors = [];
  for (let at = element; at instanceof Element; at = at.assignedSlot ?? at.parentElement ?? at.getRootNode().host) {
    colors.unshift(getComputedStyle(at).backgroundColor);
  }
  return [pageColor, ...colors];
}

/**
 * Returns each pair of colors once: `{sample, color, background, ratio, required}`.
 * @param pageColor the color of the page behind the element.
 */
export function measureContrasts(host, pageColor) {
  const pairs = new Map();
  const add = (sample, paint, element, required) => {
    const backgrounds = getBackgrounds(element, pageColor);
    const [background, color] = [blend(backgrounds), blend([...backgrounds, paint])];
    const key = `${color} ${background} ${required}`;
    if (pairs.has(key)) return;
    const ratio = computeContrast(color, background);
    pairs.set(key, { sample, color: `rgb(${color})`, background: `rgb(${background})`, ratio, required });
  };
  for (const element of host.shadowRoot?.querySelectorAll('*') ?? []) {
    const style = getComputedStyle(element);
    /* WCAG makes an exception for disabled controls, and for decoration such as the track of a score's bar. */
    if (style.display === 'none' || element.matches('[aria-disabled=true] *, [aria-disabled=true]')) continue;
    if (element.matches(SHAPES)) {
      if (element.classList.contains('track')) continue;
      const paints = [style.fill, style.stroke].filter((paint) => paint !== 'none');
      for (const paint of paints) add('', paint, element.closest('svg'), MIN_SHAPE_CONTRAST);
      continue;
    }
    const text = [...element.childNodes].find((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (!text) continue;
    const size = Number.parseFloat(style.fontSize);
    const isLarge = size >= LARGE_TEXT_PX || (size >= LARGE_BOLD_TEXT_PX && Number(style.fontWeight) >= 700);
    add(text.data.trim(), style.color, element, isLarge ? MIN_LARGE_TEXT_CONTRAST : MIN_TEXT_CONTRAST);
  }
  return [...pairs.values()];
}
