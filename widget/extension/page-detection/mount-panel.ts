/**
 * Keeps a panel on pages of candidates: a new one for each, never one that has shown another. The old one is gone before the page paints
 * the next candidate; where the page takes it away, it is put back.
 */
import type { ServedAdapter } from '../../../proxy/contract/page-adapter.ts';
import { observeCandidatePage, type PageObserver } from './observe-page.ts';
import { queryAll } from './read-page.ts';
import type { Identity } from './stable-identity.ts';

interface Options {
  adapters: readonly ServedAdapter[];
  /** Makes the panel of a candidate, or of a page that nobody can tell whose it is. */
  createPanel: (identity: Extract<Identity, { adapter: ServedAdapter; shown: object }>) => HTMLElement;
  /** Called after each look. */
  onScan?: () => void;
  page?: Window;
}

/** How often a panel is put back, so that a page that does not want it wins. */
const MOST_RETURNS = 20;

const SIDES = { before: 'beforebegin', first: 'afterbegin', last: 'beforeend', after: 'afterend' } as const;

export function mountPanel({ adapters, createPanel: make, onScan: looked, page = window }: Options): PageObserver {
  let panel: HTMLElement | undefined;
  let adapter: ServedAdapter | undefined;
  let isPlaced = false;
  let returns = 0;

  /** Beside what the adapter names or, until that is there, at the end of the page. */
  function place(): void {
    if (!panel || !adapter || (panel.isConnected && isPlaced)) return;
    const [mount] = adapter.mount.flatMap((selector) => queryAll(page.document, selector));
    if (panel.isConnected && !mount) return;
    if (returns++ > MOST_RETURNS) return;
    isPlaced = mount !== undefined || !adapter.mount.length;
    (mount ?? page.document.body).insertAdjacentElement(mount ? SIDES[adapter.position] : 'beforeend', panel);
  }

  const watch = observeCandidatePage({
    adapters,
    page,
    onChange(identity) {
      panel?.remove();
      panel = undefined;
      if (identity.state !== 'candidate' && identity.state !== 'unknown') return;
      panel = make(identity);
      adapter = identity.adapter;
      isPlaced = false;
      returns = 0;
    },
    onScan() {
      place();
      looked?.();
    },
  });

  return {
    identify: watch.identify,
    stop() {
      watch.stop();
      panel?.remove();
    },
  };
}
