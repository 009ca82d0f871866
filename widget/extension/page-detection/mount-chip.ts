/**
 * Keeps the chip in a candidate's page: at the place that the adapter names, or else in the corner of the window. If the
 * page removes the chip, it reappears in the next animation frame.
 */
import type { ServedAdapter } from '../../../proxy/contract/page-adapter.ts';
import { getDocumentElement, insertElement, queryAll, removeElement } from './dom.ts';

export interface ChipMount {
  /** Shows the chip for this adapter, or hides it. */
  update(adapter: ServedAdapter | undefined): void;
}

const SIDES = { before: 'beforebegin', first: 'afterbegin', last: 'beforeend', after: 'afterend' } as const;

/**
 * @param setPosition called with `corner` if the page lacks the adapter's place.
 * @param isOrphaned whether a newer version of this script has replaced it.
 */
export function createChipMount(
  chip: HTMLElement,
  setPosition: (position: 'corner' | 'inline') => void,
  isOrphaned: () => boolean,
  page: Window = window,
): ChipMount {
  const { document } = page;
  let adapter: ServedAdapter | undefined;
  /** Where the chip is now; undefined if it is in the corner. */
  let currentPlace: Element | undefined;
  let isMountRequested = false;
  const observer = new MutationObserver(requestMount);

  function findPlace(): Element | undefined {
    return adapter?.mount.flatMap((selector) => queryAll(document, selector))[0];
  }

  function mount(): void {
    const root = getDocumentElement(document);
    if (isOrphaned() || !adapter || !root) {
      removeChip();
      return;
    }
    const place = findPlace();
    if (!chip.isConnected || place !== currentPlace) {
      currentPlace = place;
      setPosition(place ? 'inline' : 'corner');
      insertElement(place ?? root, place ? SIDES[adapter.position] : 'beforeend', chip);
    }
    observer.disconnect();
    // If the adapter names places, each scan of the page updates the chip.
    if (adapter.mount.length) return;
    observer.observe(document, { childList: true });
    observer.observe(root, { childList: true });
  }

  function removeChip(): void {
    observer.disconnect();
    currentPlace = undefined;
    removeElement(chip);
  }

  function requestMount(): void {
    if (isMountRequested) return;
    isMountRequested = true;
    page.requestAnimationFrame(() => {
      isMountRequested = false;
      mount();
    });
  }

  return {
    update(next) {
      adapter = next;
      mount();
    },
  };
}
