/**
 * Keeps the chip in a candidate's page: at the adapter's place, or else in the corner of the window. If the page removes
 * the chip, it returns in the next animation frame.
 */
import type { ServedAdapter } from '../../../proxy/contract/page-adapter.ts';
import { getDocumentElement, insertElement, queryAll, removeElement } from './dom.ts';

export interface ChipMount {
  /** Shows the chip for this adapter, or hides it. */
  update(adapter: ServedAdapter | undefined): void;
}

const SIDES = { before: 'beforebegin', first: 'afterbegin', last: 'beforeend', after: 'afterend' } as const;

/**
 * @param setPosition called with `corner` if the chip has no place in the page's layout.
 * @param isStopped whether another version of this script has taken over.
 */
export function createChipMount(
  chip: HTMLElement,
  setPosition: (position: 'corner' | 'inline') => void,
  isStopped: () => boolean,
  page: Window = window,
): ChipMount {
  const { document } = page;
  let adapter: ServedAdapter | undefined;
  /** The chip's place that was used last. */
  let usedPlace: Element | undefined;
  let isMountRequested = false;
  const observer = new MutationObserver(requestMount);

  function findPlace(): Element | undefined {
    return adapter?.mount.flatMap((selector) => queryAll(document, selector))[0];
  }

  function mount(): void {
    const root = getDocumentElement(document);
    if (isStopped() || !adapter || !root) {
      removeChip();
      return;
    }
    const place = findPlace();
    if (!chip.isConnected || place !== usedPlace) {
      usedPlace = place;
      setPosition(place ? 'inline' : 'corner');
      insertElement(place ?? root, place ? SIDES[adapter.position] : 'beforeend', chip);
    }
    observer.disconnect();
    // For an adapter with places, each scan of the page updates the chip.
    if (adapter.mount.length) return;
    observer.observe(document, { childList: true });
    observer.observe(root, { childList: true });
  }

  function removeChip(): void {
    observer.disconnect();
    usedPlace = undefined;
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
