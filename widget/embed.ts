/**
 * The loader, an ES module: `<script type="module" src="…/embed.js" data-token-url="…"></script>`.
 * It loads each kind of element when the first one appears in the document. Including it twice is safe.
 * It is also the entry of the pinned file (`.config/pinned-file.ts`), which contains the elements in English.
 */
import LOADERS from './elements/loaders.ts';
import type { EvalonWidgetSettings } from './package/settings.ts';

/** How long to wait before a failed load is retried. */
const RETRY_MS = 5_000;
const MODULE_URL = import.meta.url;
const TAGS = Object.keys(LOADERS);

/** An element named like a method hides that method of `document` or of a form. So call the prototypes' methods. */
const findAll = <Found extends Element>(selector: string): NodeListOf<Found> =>
  Document.prototype.querySelectorAll.call(document, selector) as NodeListOf<Found>;
const contains = (element: Element, selector: string): boolean =>
  Element.prototype.matches.call(element, selector) || !!Element.prototype.querySelector.call(element, selector);

const loads: Record<string, Promise<unknown> | undefined> = {};
let language: string | undefined;
let hasReportedFailure = false;

/**
 * Imports the loaders of the elements, in the language of the page's first element: a page loads only one language. For
 * an unsupported language, the proxy serves a module in its default language. The module exports nothing if the default
 * language is English.
 */
async function importLoaders(): Promise<Partial<typeof LOADERS>> {
  if (import.meta.env.MODE === 'pinned') return LOADERS;
  const element = (findAll(TAGS.join())[0] ?? document.body) as HTMLElement & { locale?: string };
  const languageTag =
    element.locale || element.getAttribute('locale') || element.closest('[lang]')?.getAttribute('lang');
  language ??= /^[a-z]+/i.exec(languageTag || 'default')?.[0] ?? 'default';
  return (language !== 'en' && (await import(/* @vite-ignore */ `./languages/${language}.js`)).default) || LOADERS;
}

/**
 * Imports an element's code and defines the element. Before that, loads the polyfills if a feature is missing. The
 * pinned file can't load polyfills before the elements, because it contains the elements.
 */
async function importElement(tag: string): Promise<void> {
  if (import.meta.env.MODE !== 'pinned' && (!Element.prototype.attachShadow || !window.customElements))
    await import('./polyfill.ts');
  const module = await (await importLoaders())[tag]?.();
  if (module && !customElements.get(tag)) customElements.define(tag, module.default);
}

function loadElement(tag: string): Promise<unknown> {
  loads[tag] ??= importElement(tag).catch((error: unknown) => {
    loads[tag] = undefined;
    setTimeout(loadPresentElements, RETRY_MS);
    if (!hasReportedFailure) logError('could not load the elements', error);
    hasReportedFailure = true;
  });
  return loads[tag];
}

function listTagsToLoad(): string[] {
  return TAGS.filter((tag) => !loads[tag]);
}

function loadPresentElements(): void {
  for (const tag of listTagsToLoad()) if (findAll(tag).length) void loadElement(tag);
}

function observeDocument(): void {
  new MutationObserver((records, observer) => {
    const selector = listTagsToLoad().join();
    const hasNewTag = ({ addedNodes }: MutationRecord) =>
      [...addedNodes].some((node) => node instanceof Element && contains(node, selector));
    if (!selector) observer.disconnect();
    else if (records.some(hasNewTag)) loadPresentElements();
  }).observe(document, { childList: true, subtree: true });
}

/** Reads `data-token-url` of the script tags that loaded this module. */
function readTokenUrl(): string | undefined {
  const scripts = [...findAll<HTMLScriptElement>('script')].filter(({ src }) => src === MODULE_URL);
  const tokenUrls = new Set(scripts.map(({ dataset }) => dataset['tokenUrl']));
  if (tokenUrls.size === 1) return [...tokenUrls][0];
  if (scripts.length) logError('ignored data-token-url, because the script tags differ');
  else if (findAll('script[data-token-url]').length) {
    logError(`ignored data-token-url, because no script tag has src="${MODULE_URL}"`);
  }
  return undefined;
}

function logError(message: string, ...details: unknown[]): void {
  // biome-ignore lint/suspicious/noConsole: reports to the page's developer
  console.error(`Evalon: ${message}.`, ...details);
}

function start(settings: EvalonWidgetSettings | undefined): void {
  if (settings?.load) return;
  const tokenUrl = readTokenUrl();
  window.EvalonWidget = {
    // The pinned file is in the folder `embed`.
    proxyUrl: new URL(import.meta.env.MODE === 'pinned' ? '..' : '.', MODULE_URL).href,
    ...(tokenUrl && { tokenUrl }),
    ...settings,
    load: () => Promise.all(TAGS.map(loadElement)),
    diagnose: async () => (await import('./diagnose/diagnose.ts')).diagnose(),
  };
  observeDocument();
  loadPresentElements();
  addEventListener(
    'evalon-error',
    (event) => logError(`${(event as CustomEvent).detail.code}. For the cause, run EvalonWidget.diagnose()`),
    { once: true },
  );
}

// An element with the id `EvalonWidget` is a property of `window` too, but not an own property.
start(Object.hasOwn(window, 'EvalonWidget') ? window.EvalonWidget : undefined);
