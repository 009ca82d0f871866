/** Functions that run in the page of any engine. They enter open shadow trees. */

/** Returns the element's text with its shadow trees, as one line, or '' if there is no such element. */
export function readText(selector: string): string {
  const read = (node: Node): string =>
    node instanceof Text
      ? node.data
      : node instanceof Element && node.matches('style, script, [hidden]')
        ? ''
        : [...((node as Element).shadowRoot ?? node).childNodes].map(read).join('');
  const element = document.querySelector(selector);
  return element ? read(element).replace(/\s+/g, ' ') : '';
}

/**
 * Scrolls to the first visible element whose text begins with `text`. Returns the element's center, or null if the
 * element moves or a click there would not reach it.
 */
export async function locate(selector: string, text: string): Promise<{ x: number; y: number } | null> {
  const listRoots = (root: Document | ShadowRoot): (Document | ShadowRoot)[] => [
    root,
    ...[...root.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot ? listRoots(shadowRoot) : [])),
  ];
  const found = listRoots(document)
    .flatMap((root) => [...root.querySelectorAll(selector)])
    .find((element) => element.checkVisibility() && element.textContent.trim().startsWith(text));
  if (!found) return null;
  found.scrollIntoView({ block: 'center', behavior: 'instant' });
  const measure = async () => {
    await new Promise((done) => requestAnimationFrame(done));
    const { left, top, width, height } = found.getBoundingClientRect();
    return { x: Math.round(left + width / 2), y: Math.round(top + height / 2) };
  };
  const [before, after] = [await measure(), await measure()];
  const root = found.getRootNode() as Document | ShadowRoot;
  const isStill = before.x === after.x && before.y === after.y;
  return isStill && found.contains(root.elementFromPoint(after.x, after.y)) ? after : null;
}

/** Returns the text of the focused element, or '' if the page itself has the focus. */
export function readFocusedText(): string {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  return focused === document.body ? '' : (focused?.textContent.trim() ?? '');
}

/** Replaces the gallery's story without a navigation, as a single-page ATS does. */
export async function replaceStory(url: string, run: number): Promise<void> {
  const next = new DOMParser().parseFromString(await (await fetch(url)).text(), 'text/html');
  document.documentElement.dir = next.documentElement.dir;
  document.querySelector('main')?.replaceWith(document.adoptNode(next.querySelector('main') as HTMLElement));
  // With a new URL, the module runs again and plays the page's story.
  const script = document.createElement('script');
  script.type = 'module';
  script.src = `/sandbox/story.js?run=${run}`;
  document.head.append(script);
}

/** Measures the dial of a result and how far the center of the overall score is from the center of the dial. */
export function measureDial(selector: string): { widthPx: number; offsetPx: number } {
  const root = document.querySelector(selector)?.shadowRoot;
  const getBox = (part: string) => root?.querySelector(part)?.getBoundingClientRect() ?? new DOMRect();
  const [dial, figure] = [getBox('.dial'), getBox('.figure')];
  const center = ({ left, right, top, bottom }: DOMRect): [number, number] => [(left + right) / 2, (top + bottom) / 2];
  const [[dialX, dialY], [figureX, figureY]] = [center(dial), center(figure)];
  return { widthPx: dial.width, offsetPx: Math.hypot(dialX - figureX, dialY - figureY) };
}

/** Returns for each wrapped title of a question whether its lines are aligned at its left or its right edge. */
export function readTitleAlignments(selector: string): string[] {
  const root = document.querySelector(selector)?.shadowRoot;
  return [...(root?.querySelectorAll('[part=question] bdi') ?? [])].flatMap((title) => {
    const range = document.createRange();
    range.selectNodeContents(title);
    const lines = [...range.getClientRects()];
    const box = title.getBoundingClientRect();
    if (lines.length < 2) return [];
    const isAt = (edge: 'left' | 'right') => lines.every((line) => Math.abs(line[edge] - box[edge]) < 2);
    return [isAt('right') ? 'right' : isAt('left') ? 'left' : 'neither'];
  });
}
