/**
 * The script tag. A classic script that tells the elements where they came from and fetches each kind once the first
 * of it is in the document. Included twice, the first one works and the others do nothing.
 */
import type { EvalonWidgetSettings } from './api/settings.ts';

/** The tag that this file is loaded by; the build puts it in front. */
declare const $script: HTMLScriptElement | null;

/** Its chunk also holds what all elements share. */
async function panel(): Promise<void> {
  await import('./elements/evalon-assessments/evalon-assessments.ts');
}

/** Milliseconds until elements that could not be fetched are fetched again. */
const RETRY = 5_000;
const ELEMENTS: Record<string, () => Promise<void>> = {
  'evalon-assessments': panel,
  async 'evalon-inbox'() {
    await import('./elements/evalon-inbox/evalon-inbox.ts');
  },
  async 'evalon-invite-button'() {
    await import('./elements/evalon-invite-button/evalon-invite-button.ts');
  },
  async 'evalon-scorecard'() {
    await import('./elements/evalon-scorecard/evalon-scorecard.ts');
  },
  async 'evalon-status'() {
    await import('./elements/evalon-status/evalon-status.ts');
  },
};
const TAGS = Object.keys(ELEMENTS);

function start(script: HTMLScriptElement, given: EvalonWidgetSettings | undefined): void {
  if (given?.load) return;
  const { src, dataset } = script;
  const fetched: Record<string, Promise<unknown> | undefined> = {};
  let complained = false;

  const fetchElement = (tag: string) => {
    fetched[tag] ??= polyfill()
      .then(() => Promise.all([panel(), ELEMENTS[tag]?.()]))
      .catch((why: unknown) => {
        fetched[tag] = undefined;
        setTimeout(look, RETRY);
        // biome-ignore lint/suspicious/noConsole: the page's developer has no other place to look
        if (!complained) console.error('Evalon: could not be loaded.', why);
        complained = true;
      });
    return fetched[tag];
  };
  const wanted = () => TAGS.filter((tag) => !fetched[tag]);
  const look = () => {
    for (const tag of wanted()) if (document.querySelector(tag)) fetchElement(tag);
  };
  // Only for what is not fetched yet: the browser calls this for each element of ours that it reads.
  const observer = new MutationObserver((records) => {
    const tags = `${wanted()}`;
    const isOurs = (node: Partial<Element>) => node.matches?.(tags) || node.querySelector?.(tags);
    if (!tags) observer.disconnect();
    else if (records.some(({ addedNodes }) => ([...addedNodes] as Partial<Element>[]).some(isOurs))) look();
  });

  window.EvalonWidget = {
    proxyUrl: dataset['proxyUrl'] ?? new URL('.', src).href,
    ...(dataset['tokenUrl'] && { tokenUrl: dataset['tokenUrl'] }),
    ...given,
    load: () => Promise.all(TAGS.map(fetchElement)),
  };
  observer.observe(document, { childList: true, subtree: true });
  look();
}

/** Polyfills only where a feature is missing, and before the elements are defined. */
async function polyfill(): Promise<void> {
  if (!Element.prototype.attachShadow) await import('./polyfill-shadow.ts');
  else if (!window.customElements) await import('./polyfill-elements.ts');
}

if ($script) start($script, window.EvalonWidget);
// biome-ignore lint/suspicious/noConsole: the page's developer has no other place to look
else console.error('Evalon: include embed.js by a <script src>.');
