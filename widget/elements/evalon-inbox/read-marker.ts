/** What is new to whoever looks at an element, and that they have looked: after a moment in sight, in whichever tab. */
import type { Clock } from '../../util/clock.ts';
import { LastVisit } from './last-visit.ts';

/** Milliseconds in sight that count as having looked. */
const A_MOMENT = 1_500;

export class ReadMarker {
  readonly #clock: Clock;
  readonly #getNewestTime: () => string;
  readonly #onChange: () => void;
  readonly #stopObserving: () => void;
  #viewer: string | undefined;
  #lastVisit: LastVisit | undefined;
  #isVisible = false;
  #cancelTimer: (() => void) | undefined;

  /**
   * @param newest tells the time of the newest news that the element knows.
   * @param changed is called when something may be new, or new no longer.
   */
  constructor(element: Element, clock: Clock, newest: () => string, changed: () => void) {
    this.#clock = clock;
    this.#getNewestTime = newest;
    this.#onChange = changed;
    addEventListener('storage', this);
    this.#stopObserving = watchSight(element, (isInSight) => {
      this.#isVisible = isInSight;
      this.#clearTimer();
      if (isInSight) this.#resumeVisit();
    });
  }

  /** News later than this are new; undefined as long as it is not known who looks. */
  get unreadSince(): string | undefined {
    return this.#lastVisit?.unreadSince;
  }

  /** Says whose eyes they are; undefined where that is not known. */
  setViewer(viewer: string | undefined): void {
    if (viewer === this.#viewer) return;
    this.#viewer = viewer;
    this.#lastVisit = viewer === undefined ? undefined : new LastVisit(viewer, this.#getNewestTime(), this.#clock);
  }

  /** The element shows all that it knows: what is in sight for a moment from now on was seen. */
  markVisible(): void {
    if (!this.#isVisible || !this.#lastVisit || this.#cancelTimer) return;
    this.#cancelTimer = this.#clock.setTimer(A_MOMENT, () => {
      this.#cancelTimer = undefined;
      this.#lastVisit?.markSeen(this.#getNewestTime());
    });
  }

  /** Another tab has kept something. */
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
    this.#onChange();
  }

  #clearTimer(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }
}

/**
 * Watches whether some of the element is in the viewport of a page that is in front. Calls back whenever that changes, and
 * once at the beginning if it is in sight; the answer ends that.
 */
function watchSight(element: Element, changed: (isInSight: boolean) => void): () => void {
  let isInViewport = false;
  let wasInSight = false;
  const look = () => {
    const isInSight = isInViewport && document.visibilityState === 'visible';
    if (isInSight !== wasInSight) changed(isInSight);
    wasInSight = isInSight;
  };
  const observer = new IntersectionObserver((entries) => {
    isInViewport = entries.at(-1)?.isIntersecting ?? false;
    look();
  });
  observer.observe(element);
  document.addEventListener('visibilitychange', look);
  return () => {
    observer.disconnect();
    document.removeEventListener('visibilitychange', look);
  };
}
