/**
 * Observes which candidate a page of an ATS shows. Works in a content script. It detects the page's own navigation
 * without changing the history API. It reports a change before the browser paints it.
 */
import type { ServedAdapter } from '../../../proxy/contract/page-adapter.ts';
import { readPage } from './read-page.ts';
import { debounceIdentity, type Identity, INITIAL_STATE } from './stable-identity.ts';

export interface PageObserver {
  /** Reads the page now: call it before acting on the candidate. */
  identify(): Identity;
  stop(): void;
}

interface Options {
  adapters: readonly ServedAdapter[];
  /** Called at once, and after every change. */
  onChange: (identity: Identity) => void;
  /** Called after each read of the page. */
  onScan?: () => void;
  page?: Window;
}

export function observeCandidatePage({ adapters, onChange, onScan, page = window }: Options): PageObserver {
  const controller = new AbortController();
  const { signal } = controller;
  let state = INITIAL_STATE;
  let identity: Identity = { state: 'none' };
  let reportedKey = '';
  let recheckTimer: ReturnType<typeof setTimeout> | undefined;

  function scan(): void {
    if (signal.aborted) return;
    const result = debounceIdentity(state, readPage(adapters, page), performance.now());
    ({ state, identity } = result);
    clearTimeout(recheckTimer);
    if (result.recheckMs !== undefined) recheckTimer = setTimeout(scan, result.recheckMs);
    const key = toKey(identity);
    if (key !== reportedKey) {
      reportedKey = key;
      onChange(identity);
    }
    onScan?.();
  }

  const observer = new MutationObserver(scan);
  observer.observe(page.document, {
    childList: true,
    subtree: true,
    characterData: true,
    attributeFilter: ['href', ...adapters.flatMap(({ marks }) => marks.flatMap(({ attribute }) => attribute ?? []))],
  });
  for (const event of ['popstate', 'hashchange', 'pageshow']) page.addEventListener(event, scan, { signal });
  const { navigation } = page as { navigation?: EventTarget };
  if (navigation) navigation.addEventListener('currententrychange', scan, { signal });
  else pollAddress(page, scan, signal);
  scan();

  return {
    identify() {
      scan();
      return identity;
    },
    stop() {
      controller.abort();
      observer.disconnect();
      clearTimeout(recheckTimer);
    },
  };
}

/** For browsers without the navigation API: compares the address before every paint. */
function pollAddress(page: Window, onChange: () => void, signal: AbortSignal): void {
  let lastHref = page.location.href;
  const check = () => {
    if (signal.aborted) return;
    const { href } = page.location;
    if (href !== lastHref) onChange();
    lastHref = href;
    page.requestAnimationFrame(check);
  };
  page.requestAnimationFrame(check);
}

/** Equal for equal identities. */
function toKey(identity: Identity): string {
  if (identity.state === 'none') return 'none';
  const ids = identity.state === 'candidate' ? [Object.entries(identity.ids).sort(), identity.from] : [];
  return JSON.stringify([identity.state, identity.adapter.name, ...ids]);
}
