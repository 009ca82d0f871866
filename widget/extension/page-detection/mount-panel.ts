/**
 * Mounts a panel in pages of candidates: a new one for each candidate. It removes the old panel before the browser
 * paints the next candidate. If the page removes a panel, it mounts the panel again.
 */
import type { ServedAdapter } from '../../../proxy/contract/page-adapter.ts';
import { observeCandidatePage, type PageObserver } from './observe-page.ts';
import { queryAll } from './read-page.ts';
import type { Identity } from './stable-identity.ts';

interface Options {
  adapters: readonly ServedAdapter[];
  createPanel: (identity: Extract<Identity, { adapter: ServedAdapter; shown: object }>) => HTMLElement;
  /** Called after each read of the page. */
  onScan?: () => void;
  page?: Window;
}

/** If a page removes the panel more often, the script no longer mounts it. */
const MAX_REMOUNTS = 20;

const SIDES = { before: 'beforebegin', first: 'afterbegin', last: 'beforeend', after: 'afterend' } as const;

export function mountPanel({ adapters, createPanel, onScan, page = window }: Options): PageObserver {
  let panel: HTMLElement | undefined;
  let adapter: ServedAdapter | undefined;
  let isAtAdapterPlace = false;
  let mountCount = 0;

  /** Mounts at the adapter's place, or at the end of the page until that place exists. */
  function mount(): void {
    if (!panel || !adapter || (panel.isConnected && isAtAdapterPlace)) return;
    const [place] = adapter.mount.flatMap((selector) => queryAll(page.document, selector));
    if (panel.isConnected && !place) return;
    if (mountCount++ > MAX_REMOUNTS) return;
    isAtAdapterPlace = place !== undefined || !adapter.mount.length;
    (place ?? page.document.body).insertAdjacentElement(place ? SIDES[adapter.position] : 'beforeend', panel);
  }

  const observer = observeCandidatePage({
    adapters,
    page,
    onChange(identity) {
      panel?.remove();
      panel = undefined;
      if (identity.state !== 'candidate' && identity.state !== 'unknown') return;
      panel = createPanel(identity);
      adapter = identity.adapter;
      isAtAdapterPlace = false;
      mountCount = 0;
    },
    onScan() {
      mount();
      onScan?.();
    },
  });

  return {
    identify: observer.identify,
    stop() {
      observer.stop();
      panel?.remove();
    },
  };
}
