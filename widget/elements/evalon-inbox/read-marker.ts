/** What is new to whoever looks at an element, and that they have looked: after a moment in sight, in whichever tab. */
import type { Clock } from '../../util/clock.ts';
import { Visits } from './last-visit.ts';

/** Milliseconds in sight that count as having looked. */
const A_MOMENT = 1_500;

export class Looking {
  readonly #clock: Clock;
  readonly #newest: () => string;
  readonly #changed: () => void;
  readonly #endSight: () => void;
  #viewer: string | undefined;
  #visits: Visits | undefined;
  #isInSight = false;
  #endMoment: (() => void) | undefined;

  /**
   * @param newest tells the time of the newest news that the element knows.
   * @param changed is called when something may be new, or new no longer.
   */
  constructor(element: Element, clock: Clock, newest: () => string, changed: () => void) {
    this.#clock = clock;
    this.#newest = newest;
    this.#changed = changed;
    addEventListener('storage', this);
    this.#endSight = watchSight(element, (isInSight) => {
      this.#isInSight = isInSight;
      this.#forgetMoment();
      if (isInSight) this.#begin();
    });
  }

  /** News later than this are new; undefined as long as it is not known who looks. */
  get since(): string | undefined {
    return this.#visits?.since;
  }

  /** Says whose eyes they are; undefined where that is not known. */
  by(viewer: string | undefined): void {
    if (viewer === this.#viewer) return;
    this.#viewer = viewer;
    this.#visits = viewer === undefined ? undefined : new Visits(viewer, this.#newest(), this.#clock);
  }

  /** The element shows all that it knows: what is in sight for a moment from now on was seen. */
  shown(): void {
    if (!this.#isInSight || !this.#visits || this.#endMoment) return;
    this.#endMoment = this.#clock.after(A_MOMENT, () => {
      this.#endMoment = undefined;
      this.#visits?.see(this.#newest());
    });
  }

  /** Another tab has kept something. */
  handleEvent({ key }: StorageEvent): void {
    if (key === this.#visits?.key) this.#begin();
  }

  stop(): void {
    removeEventListener('storage', this);
    this.#endSight();
    this.#forgetMoment();
  }

  #begin(): void {
    this.#visits?.begin();
    this.#changed();
  }

  #forgetMoment(): void {
    this.#endMoment?.();
    this.#endMoment = undefined;
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
