/**
 * Watches a page of an ATS for who is on show. Made for a content script: it sees the page's own navigation without touching the
 * page's history, and tells a change before the next picture is painted.
 */
import type { ServedAdapter } from '../../../proxy/contract/page-adapter.ts';
import { readPage } from './read-page.ts';
import { debounceIdentity, type Identity, INITIAL_STATE } from './stable-identity.ts';

export interface PageObserver {
  /** Looks again, now: to be asked before anything is done in a candidate's name. */
  identify(): Identity;
  stop(): void;
}

interface Options {
  adapters: readonly ServedAdapter[];
  /** Called at once with what is found first, and with each change. */
  onChange: (identity: Identity) => void;
  /** Called after each look. */
  onScan?: () => void;
  page?: Window;
}

export function observeCandidatePage({
  adapters,
  onChange: tell,
  onScan: looked,
  page = window,
}: Options): PageObserver {
  const stopped = new AbortController();
  const { signal } = stopped;
  let memory = INITIAL_STATE;
  let told = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  let identity: Identity = { state: 'none' };

  function look(): void {
    if (signal.aborted) return;
    const seen = debounceIdentity(memory, readPage(adapters, page), performance.now());
    ({ memory, identity } = seen);
    clearTimeout(timer);
    if (seen.again !== undefined) timer = setTimeout(look, seen.again);
    const name = nameOf(identity);
    if (name !== told) {
      told = name;
      tell(identity);
    }
    looked?.();
  }

  const observer = new MutationObserver(look);
  observer.observe(page.document, {
    childList: true,
    subtree: true,
    characterData: true,
    attributeFilter: ['href', ...adapters.flatMap(({ marks }) => marks.flatMap(({ attribute }) => attribute ?? []))],
  });
  for (const event of ['popstate', 'hashchange', 'pageshow']) page.addEventListener(event, look, { signal });
  const { navigation } = page as { navigation?: EventTarget };
  if (navigation) navigation.addEventListener('currententrychange', look, { signal });
  else {
    let last = page.location.href;
    const frame = () => {
      if (signal.aborted) return;
      const { href } = page.location;
      if (href !== last) look();
      last = href;
      page.requestAnimationFrame(frame);
    };
    page.requestAnimationFrame(frame);
  }
  look();

  return {
    identify() {
      look();
      return identity;
    },
    stop() {
      stopped.abort();
      observer.disconnect();
      clearTimeout(timer);
    },
  };
}

/** Equal for identities that mean the same. */
function nameOf(identity: Identity): string {
  const { state } = identity;
  if (state === 'none') return state;
  const ids = state === 'candidate' ? [Object.entries(identity.ids).sort(), identity.from] : [];
  return JSON.stringify([state, identity.adapter.name, ...ids]);
}
