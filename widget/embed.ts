/**
 * The script tag. A classic script that tells the elements where they came from and fetches each kind once the first
 * of it is in the document. Included twice, the first one works and the others do nothing.
 */
import type { EvalonWidgetSettings } from './state/settings.ts';

/** The panel's chunk holds what all elements share. */
const panel = () => import('./elements/evalon-assessments.ts');

const ELEMENTS: Record<string, () => Promise<unknown>> = {
  'evalon-assessments': panel,
  'evalon-invite-button': () => import('./elements/evalon-invite-button.ts'),
  'evalon-scorecard': () => import('./elements/evalon-scorecard.ts'),
  'evalon-status': () => import('./elements/evalon-status.ts'),
};

function start(script: HTMLOrSVGScriptElement | null, given: EvalonWidgetSettings | undefined): void {
  if (given?.load) return;
  const { src, dataset } = script as HTMLScriptElement;
  const { proxyUrl = dataset['proxyUrl'] ?? new URL('.', src).href, tokenUrl = dataset['tokenUrl'] } = given ?? {};
  const fetched = new Map<string, Promise<unknown>>();
  let complained = false;

  const fetchElement = (tag: string): Promise<unknown> => {
    const fetching =
      fetched.get(tag) ??
      polyfill()
        .then(() => Promise.all([panel(), ELEMENTS[tag]?.()]))
        .catch((why: unknown) => {
          fetched.delete(tag);
          // biome-ignore lint/suspicious/noConsole: the page's developer has no other place to look
          if (!complained) console.error('Evalon widget: the elements could not be loaded.', why);
          complained = true;
        });
    fetched.set(tag, fetching);
    return fetching;
  };
  const load = () => Promise.all(Object.keys(ELEMENTS).map(fetchElement));
  const look = (root: ParentNode) => {
    for (const tag in ELEMENTS) if (!fetched.has(tag) && root.querySelector(tag)) fetchElement(tag);
    if (fetched.size === Object.keys(ELEMENTS).length) observer.disconnect();
  };
  const observer = new MutationObserver((records) => {
    for (const { target } of records) look(target as Element);
  });

  window.EvalonWidget = { ...given, proxyUrl, ...(tokenUrl && { tokenUrl }), load };
  observer.observe(document, { childList: true, subtree: true });
  look(document);
}

/** Polyfills only where a feature is missing, and before the elements are defined. */
async function polyfill(): Promise<void> {
  if (!Element.prototype.attachShadow) await import('./polyfill-shadow.ts');
  else if (!window.customElements) await import('./polyfill-elements.ts');
}

start(document.currentScript, window.EvalonWidget);
