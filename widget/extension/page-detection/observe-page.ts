/**
 * Observes which candidate a page of an ATS shows. Runs in a content script. Detects navigation by the page's scripts
 * without changing the history API, and reports a changed URL synchronously. Scans the page's elements at most once per
 * animation frame and five times per second, and for at most 1% of the time.
 */
import type { ServedAdapter } from '../../../proxy/contract/page-adapter.ts';
import { type Clock, systemClock } from '../../util/clock.ts';
import { type AddressMatch, matchAddress, readsElements } from './match-address.ts';
import { readPage } from './read-page.ts';
import { debounceIdentity, type Identity, INITIAL_STATE } from './stable-identity.ts';

export interface PageObserver {
  /** Reads the page now. Must be called before each action on the candidate. */
  identify(): Identity;
  stop(): void;
}

interface Options {
  adapters: readonly ServedAdapter[];
  /** Called once at the start, and after every change. */
  onChange: (identity: Identity) => void;
  /** Called after each read of the page. */
  onScan?: () => void;
  page?: Window;
  clock?: Pick<Clock, 'now' | 'setTimer'>;
}

/** Unlike this clock, the computer's clock can jump. */
const MONOTONIC_CLOCK = { ...systemClock, now: () => performance.now() };

/** The pause after a scan is this many times as long as the scan. */
const PAUSE_FACTOR = 99;
const MIN_PAUSE_MS = 200;

export function observeCandidatePage({
  adapters,
  onChange,
  onScan,
  page = window,
  clock = MONOTONIC_CLOCK,
}: Options): PageObserver {
  const controller = new AbortController();
  const { signal } = controller;
  const observedAttributes = [
    'href',
    ...adapters.flatMap(({ marks }) => marks.flatMap(({ attribute }) => attribute ?? [])),
  ];
  let match: AddressMatch = { address: '' };
  let state = INITIAL_STATE;
  let identity: Identity = { state: 'none' };
  let reportedKey = '';
  let cancelRecheck = () => {};
  let isScanRequested = false;
  let earliestScanMs = 0;
  const observer = new MutationObserver(requestScan);

  function scan(): void {
    if (signal.aborted) return;
    const startMs = clock.now();
    matchCurrentAddress();
    const result = debounceIdentity(state, readPage(match, page.document), startMs);
    ({ state, identity } = result);
    cancelRecheck();
    if (result.recheckMs !== undefined) cancelRecheck = clock.setTimer(result.recheckMs, scan);
    const key = toIdentityKey(identity);
    if (key !== reportedKey) {
      reportedKey = key;
      onChange(identity);
    }
    onScan?.();
    observeElements();
    const endMs = clock.now();
    earliestScanMs = endMs + Math.max(MIN_PAUSE_MS, (endMs - startMs) * PAUSE_FACTOR);
  }

  function matchCurrentAddress(): void {
    const { href } = page.location;
    if (href === match.address) return;
    match = matchAddress(adapters, href);
    observer.disconnect();
  }

  function observeElements(): void {
    if (signal.aborted || !match.adapter || !readsElements(match.adapter)) return;
    observer.observe(page.document, {
      childList: true,
      subtree: true,
      characterData: true,
      attributeFilter: observedAttributes,
    });
  }

  /** Scans in the next frame, or after the pause. Ignores changes to the page until then. */
  function requestScan(): void {
    observer.disconnect();
    if (isScanRequested) return;
    isScanRequested = true;
    const pauseMs = earliestScanMs - clock.now();
    if (pauseMs > 0) clock.setTimer(pauseMs, scanInNextFrame);
    else scanInNextFrame();
  }

  function scanInNextFrame(): void {
    page.requestAnimationFrame(() => {
      isScanRequested = false;
      scan();
    });
  }

  for (const event of ['popstate', 'hashchange', 'pageshow']) page.addEventListener(event, scan, { signal });
  // An element with the id `navigation` is not an own property of the window.
  const { navigation } = page as { navigation?: EventTarget };
  if (navigation && Object.hasOwn(page, 'navigation')) {
    navigation.addEventListener('currententrychange', scan, { signal });
  } else pollAddress(page, scan, signal);
  scan();

  return {
    identify() {
      scan();
      return identity;
    },
    stop() {
      controller.abort();
      observer.disconnect();
      cancelRecheck();
    },
  };
}

/** For browsers without the navigation API: compares the URL before every paint. */
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

/** Returns the same text for equal identities. If the text changes, the side panel discards the recruiter's input. */
export function toIdentityKey(identity: Identity): string {
  switch (identity.state) {
    case 'none':
      return 'none';
    case 'changing':
      return JSON.stringify([identity.state, identity.adapter.name]);
    case 'unknown':
      return JSON.stringify([identity.state, identity.adapter.name, identity.address, identity.shown]);
    case 'candidate':
      return JSON.stringify([
        identity.state,
        identity.adapter.name,
        Object.entries(identity.ids).sort(),
        identity.from,
      ]);
  }
}
