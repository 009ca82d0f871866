/** Tracks which items the recruiter has seen. An item counts as seen if any tab has shown it long enough. */
import type { Clock } from '../../util/clock.ts';
import { pageDocument } from '../../util/page-document.ts';
import { LastVisit } from './last-visit.ts';

/** How long an item must be visible to count as seen. */
const SEEN_AFTER_MS = 1_500;

export interface ReadMarkerListener {
  /** Returns the time of the newest item that the element shows. */
  getNewestTime(): string;
  /** Called when `unreadSince` may have changed. */
  onChange(): void;
}

export class ReadMarker {
  readonly #clock: Clock;
  readonly #listener: ReadMarkerListener;
  readonly #stopObserving: () => void;
  #viewer: string | undefined;
  #lastVisit: LastVisit | undefined;
  #isVisible = false;
  #cancelTimer: (() => void) | undefined;

  constructor(element: Element, clock: Clock, listener: ReadMarkerListener) {
    this.#clock = clock;
    this.#listener = listener;
    addEventListener('storage', this);
    this.#stopObserving = observeVisibility(element, (isVisible) => {
      this.#isVisible = isVisible;
      this.#clearTimer();
      if (isVisible) this.#resumeVisit();
    });
  }

  /** Items after this time are new. Undefined while the viewer is unknown. */
  get unreadSince(): string | undefined {
    return this.#lastVisit?.unreadSince;
  }

  setViewer(viewer: string | undefined): void {
    if (viewer === this.#viewer) return;
    this.#viewer = viewer;
    const newestTime = this.#listener.getNewestTime();
    this.#lastVisit = viewer === undefined ? undefined : new LastVisit(viewer, newestTime, this.#clock);
  }

  /** Must be called when the element has rendered all items. Marks them as seen if the element stays visible. */
  markVisible(): void {
    if (!this.#isVisible || !this.#lastVisit || this.#cancelTimer) return;
    this.#cancelTimer = this.#clock.setTimer(SEEN_AFTER_MS, () => {
      this.#cancelTimer = undefined;
      this.#lastVisit?.markSeen(this.#listener.getNewestTime());
    });
  }

  /** Called when another tab has changed the storage. */
  handleEvent({ key }: StorageEvent): void {
    if (key === this.#lastVisit?.storageKey) this.#resumeVisit();
  }

  stop(): void {
    removeEventListener('storage', this);
    this.#stopObserving();
    this.#clearTimer();
  }

  #resumeVisit(): void {
    this.#lastVisit?.resume();
    this.#listener.onChange();
  }

  #clearTimer(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }
}

/**
 * Reports when an element becomes visible or hidden. It is visible if it is in the viewport of the active tab.
 * @returns the function that stops the reports
 */
function observeVisibility(element: Element, onChange: (isVisible: boolean) => void): () => void {
  let isInViewport = false;
  let wasVisible = false;
  const update = () => {
    const isVisible = isInViewport && pageDocument.visibilityState === 'visible';
    if (isVisible !== wasVisible) onChange(isVisible);
    wasVisible = isVisible;
  };
  const observer = new IntersectionObserver((entries) => {
    isInViewport = entries.at(-1)?.isIntersecting ?? false;
    update();
  });
  observer.observe(element);
  pageDocument.addEventListener('visibilitychange', update);
  return () => {
    observer.disconnect();
    pageDocument.removeEventListener('visibilitychange', update);
  };
}
