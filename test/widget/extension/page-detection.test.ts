/** Page adapters in a real browser, on pages that change the candidate in place. */
import { expect } from 'chai';
import type { ServedAdapter } from '../../../proxy/contract/page-adapter.ts';
import { createChipMount } from '../../../widget/extension/page-detection/mount-chip.ts';
import { observeCandidatePage, type PageObserver } from '../../../widget/extension/page-detection/observe-page.ts';
import type { Identity } from '../../../widget/extension/page-detection/stable-identity.ts';
import { waitFor } from '../fixture.ts';

const ADAPTER: ServedAdapter = {
  name: 'greenhouse',
  ats: 'greenhouse',
  hosts: ['127.0.0.1'],
  ids: { person: 'digits' },
  addresses: ['/people/{person}/**'],
  suspects: ['/people/*/**'],
  links: [],
  marks: [],
  email: ['.email'],
  person: ['h1'],
  mount: ['aside'],
  position: 'last',
  connected: true,
};

/** The shortest time between two scans of a page that keeps changing. */
const MIN_PAUSE_MS = 200;
/** Longer than any wait of the detection. */
const SETTLED_MS = 6_000;

interface Ats {
  page: Window & { navigation?: EventTarget };
  /** Shows a candidate without changing the URL. */
  show(person: number): void;
  /** Changes the URL without changing the content. */
  go(person: number, how?: 'pushState' | 'replaceState'): void;
  /** Returns the candidate in the URL, or undefined if the page shows the content of another candidate. */
  getExpectedPerson(): string | undefined;
}

const frames: HTMLIFrameElement[] = [];
const observers: PageObserver[] = [];

async function openAts(person = 1): Promise<Ats> {
  const frame = document.createElement('iframe');
  frame.src = '/__test__/blank';
  frames.push(frame);
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  document.body.append(frame);
  await loaded;
  const page = frame.contentWindow as Ats['page'];
  const { document: inside, history } = page;
  let shown = 0;
  const ats: Ats = {
    page,
    show(next) {
      shown = next;
      const main = inside.createElement('main');
      const heading = inside.createElement('h1');
      heading.textContent = `Person ${next}`;
      const email = inside.createElement('p');
      email.className = 'email';
      email.textContent = `person-${next}@example.com`;
      main.append(heading, email, inside.createElement('aside'));
      inside.body.replaceChildren(main);
    },
    go: (next, how = 'pushState') => history[how](null, '', `/people/${next}?tab=1`),
    getExpectedPerson() {
      const personInUrl = /^\/people\/(\d+)$/.exec(page.location.pathname)?.[1];
      return !inside.querySelector('h1') || personInUrl === String(shown) ? personInUrl : undefined;
    },
  };
  ats.go(person, 'replaceState');
  ats.show(person);
  // The page's `pageshow` event follows `load`. It must not reach the observer of the test.
  await nextFrames(ats);
  return ats;
}

/** A clock that only the test advances. */
function createClock() {
  let nowMs = 0;
  const timers = new Set<{ dueMs: number; run: () => void }>();
  return {
    now: () => nowMs,
    setTimer(ms: number, run: () => void) {
      const timer = { dueMs: nowMs + ms, run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    advance(ms: number) {
      nowMs += ms;
      for (const timer of timers) {
        if (timer.dueMs > nowMs) continue;
        timers.delete(timer);
        timer.run();
      }
    },
  };
}

interface Observed {
  seen: Identity[];
  countScans(): number;
  identify(): Identity;
  /** Waits until the observer has seen the page's mutations and its timers have run. */
  settle(): Promise<void>;
  advance(ms: number): void;
}

function observe(ats: Ats, adapter: Partial<ServedAdapter> = {}): Observed {
  const seen: Identity[] = [];
  const clock = createClock();
  let scanCount = 0;
  const observer = observeCandidatePage({
    adapters: [{ ...ADAPTER, ...adapter }],
    page: ats.page,
    clock,
    onChange: (identity) => seen.push(identity),
    onScan: () => scanCount++,
  });
  observers.push(observer);
  return {
    seen,
    countScans: () => scanCount,
    identify: observer.identify,
    advance: clock.advance,
    async settle() {
      await nextFrames(ats);
      clock.advance(MIN_PAUSE_MS);
      await nextFrames(ats);
      clock.advance(SETTLED_MS);
    },
  };
}

const getPerson = (identity: Identity | undefined) =>
  identity?.state === 'candidate' ? identity.ids['person'] : undefined;

/** Waits until the callbacks of the next animation frame have run. */
async function nextFrames({ page }: Ats): Promise<void> {
  for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => page.requestAnimationFrame(resolve));
}

afterEach(() => {
  for (const observer of observers.splice(0)) observer.stop();
  for (const frame of frames.splice(0)) frame.remove();
});

type SwitchCandidate = (ats: Ats, to: number) => Promise<void> | void;

/** The ways in which applications change the candidate. */
const WAYS_TO_SWITCH: Record<string, SwitchCandidate> = {
  'changes address and content at once'(ats, to) {
    ats.go(to);
    ats.show(to);
  },
  async 'changes the address, and the content after a response'(ats, to) {
    ats.go(to);
    await nextFrames(ats);
    ats.show(to);
  },
  async 'changes the content, and then the address'(ats, to) {
    ats.show(to);
    await nextFrames(ats);
    ats.go(to);
  },
  'replaces the address'(ats, to) {
    ats.show(to);
    ats.go(to, 'replaceState');
  },
  async 'empties the page before it shows the next candidate'(ats, to) {
    ats.page.document.body.replaceChildren();
    ats.go(to);
    await nextFrames(ats);
    ats.show(to);
  },
  async 'changes the text of its heading, and then replaces the content'(ats, to) {
    ats.go(to);
    await nextFrames(ats);
    const heading = ats.page.document.querySelector('h1');
    if (heading?.firstChild) heading.firstChild.nodeValue = `Person ${to}`;
    ats.show(to);
  },
};

for (const hasNavigationApi of [true, false]) {
  describe(`a page of an ATS in a browser ${hasNavigationApi ? 'with' : 'without'} the navigation API`, () => {
    it('identifies the right candidate over 50 changes in place, and never another one for a single frame', async function () {
      this.timeout(60_000);
      const ats = await openAts();
      if (!hasNavigationApi) Object.defineProperty(ats.page, 'navigation', { value: undefined, configurable: true });
      const wrong: string[] = [];
      const { page } = ats;
      const { seen, identify, settle } = observe(ats);
      let frame = 0;
      const check = () => {
        const reported = getPerson(seen.at(-1));
        if (reported && reported !== ats.getExpectedPerson())
          wrong.push(`reported ${reported} on the page of ${ats.getExpectedPerson()}`);
        frame = page.requestAnimationFrame(check);
      };
      // Requested after the observer has started, so that the check runs after the observer in each frame.
      frame = page.requestAnimationFrame(check);
      const ways = Object.entries(WAYS_TO_SWITCH);
      for (let n = 0; n < 50; n++) {
        const [way = '', switchCandidate] = ways[n % ways.length] ?? [];
        // Candidates 2 to 41, in a mixed order.
        const to = 2 + ((n * 7) % 40);
        const switched = switchCandidate?.(ats, to);
        const identified = getPerson(identify());
        if (identified && identified !== ats.getExpectedPerson())
          wrong.push(`identified during the change: ${identified} (${way})`);
        await switched;
        await settle();
        expect(getPerson(identify()), way).to.equal(String(to));
        expect(getPerson(seen.at(-1)), way).to.equal(String(to));
      }
      page.cancelAnimationFrame(frame);
      expect(wrong).to.deep.equal([]);
    });

    it('identifies the candidate after back and forward', async () => {
      const ats = await openAts();
      if (!hasNavigationApi) Object.defineProperty(ats.page, 'navigation', { value: undefined, configurable: true });
      const { identify, advance } = observe(ats);
      ats.page.addEventListener('popstate', () => ats.show(Number(/\d+/.exec(ats.page.location.pathname)?.[0])));
      for (const person of [2, 3]) {
        ats.go(person);
        ats.show(person);
      }
      const waitForPerson = (person: string) =>
        waitFor(() => {
          advance(SETTLED_MS);
          return getPerson(identify()) === person;
        });
      ats.page.history.back();
      await waitForPerson('2');
      ats.page.history.forward();
      await waitForPerson('3');
    });
  });
}

describe('a page of an ATS', () => {
  it('reports a new URL synchronously', async () => {
    const ats = await openAts();
    const { seen, settle } = observe(ats);
    expect(getPerson(seen.at(-1))).to.equal('1');
    ats.go(2);
    expect(seen.at(-1)?.state).to.equal('changing');
    ats.show(2);
    await settle();
    expect(getPerson(seen.at(-1))).to.equal('2');
  });

  it('that shows another candidate without a new URL becomes unknown until its URL changes', async () => {
    const ats = await openAts();
    const { seen, identify, settle } = observe(ats);
    await settle();
    expect(getPerson(identify())).to.equal('1');
    ats.show(2);
    expect(identify().state).to.equal('changing');
    await settle();
    expect(identify().state).to.equal('unknown');
    ats.go(2);
    expect(getPerson(identify())).to.equal('2');
    expect(seen.map(({ state }) => state)).to.deep.equal(['candidate', 'changing', 'unknown', 'candidate']);
  });

  it('is a candidate with name and email, unknown, or not about a candidate, depending on its URL', async () => {
    const ats = await openAts();
    const { identify, settle } = observe(ats);
    const first = identify();
    expect(first.state === 'candidate' && first.shown).to.deep.equal({
      name: 'Person 1',
      email: 'person-1@example.com',
    });
    ats.page.history.pushState(null, '', '/people/unreadable');
    await settle();
    expect(identify().state).to.equal('unknown');
    ats.page.history.pushState(null, '', '/jobs/1');
    expect(identify().state).to.equal('none');
  });

  it('is a different unknown page at each unreadable URL', async () => {
    const ats = await openAts();
    const { seen, settle } = observe(ats, { person: [], email: [] });
    for (const name of ['ada-lovelace', 'bob-builder']) {
      ats.page.history.pushState(null, '', `/people/${name}`);
      expect(seen.at(-1)?.state).to.equal('changing');
      await settle();
      const last = seen.at(-1);
      expect(last?.state === 'unknown' && new URL(last.address).pathname).to.equal(`/people/${name}`);
    }
  });

  it('is unknown if its link and its URL identify different candidates', async () => {
    const ats = await openAts();
    const { identify, settle } = observe(ats, {
      addresses: ['/people/{person}', '/p/{person}'],
      links: ['a.current'],
      person: [],
      email: [],
    });
    const link = ats.page.document.createElement('a');
    link.className = 'current';
    link.href = '/p/1';
    ats.page.document.body.append(link);
    expect(getPerson(identify())).to.equal('1');
    link.href = '/p/2';
    expect(getPerson(identify())).to.equal(undefined);
    await settle();
    expect(identify().state).to.equal('unknown');
    ats.go(2);
    expect(getPerson(identify())).to.equal('2');
  });

  it('without ids in its URL is identified by its marks if they agree, and reports the page as the source', async () => {
    const ats = await openAts();
    ats.page.history.pushState(null, '', '/anything');
    const marks = [{ id: 'person', selector: '[data-person-id]', attribute: 'data-person-id' }];
    const { identify, settle } = observe(ats, { addresses: [], suspects: [], marks, person: [], email: [] });
    expect(identify().state).to.equal('none');
    const addMark = (person: string) => {
      const element = ats.page.document.createElement('p');
      element.dataset['personId'] = person;
      ats.page.document.body.append(element);
      return element;
    };
    const firstMark = addMark('7');
    const identity = identify();
    expect([getPerson(identity), identity.state === 'candidate' && identity.from]).to.deep.equal(['7', 'page']);
    const secondMark = addMark('8');
    await settle();
    expect(identify().state).to.equal('unknown');
    firstMark.remove();
    expect(getPerson(identify())).to.equal('8');
    secondMark.dataset['personId'] = '9';
    expect(getPerson(identify())).to.equal('9');
  });

  it('is identified even if an adapter has invalid selectors', async () => {
    const ats = await openAts();
    const { identify } = observe(ats, { person: ['h1:nonsense(', '%%'], mount: ['[['], links: [':::'] });
    expect(getPerson(identify())).to.equal('1');
  });

  it('is identified even if its elements are named like DOM properties', async () => {
    const ats = await openAts();
    const { document: inside } = ats.page;
    const clobber = (parent: Element, tag: string, names: string[]) =>
      parent.append(...names.map((name) => Object.assign(inside.createElement(tag), { name, id: name })));
    const form = Object.assign(inside.createElement('form'), { className: 'email' });
    form.append('person-1@example.com');
    clobber(form, 'input', ['textContent', 'getAttribute', 'baseURI', 'remove', 'insertAdjacentElement']);
    inside.querySelector('.email')?.replaceWith(form);
    clobber(inside.body, 'img', ['documentElement', 'querySelectorAll', 'createElementNS', 'body', 'location']);
    const identity = observe(ats, { links: ['form'], marks: [] }).identify();
    expect(identity.state === 'candidate' && identity.shown.email).to.equal('person-1@example.com');
    expect(getPerson(identity)).to.equal('1');
  });

  it('is read no more than once per frame while it changes, and not at all if the adapter reads no elements', async () => {
    const ats = await openAts();
    const mutate = () => {
      for (let n = 0; n < 100; n++) ats.page.document.body.append(ats.page.document.createElement('p'));
    };
    const reading = observe(ats);
    const notReading = observe(ats, { person: [], email: [], mount: [] });
    for (const observed of [reading, notReading]) await observed.settle();
    const scansBefore = [reading.countScans(), notReading.countScans()];
    mutate();
    await Promise.resolve();
    mutate();
    for (const observed of [reading, notReading]) observed.advance(MIN_PAUSE_MS);
    await nextFrames(ats);
    expect(
      [reading.countScans(), notReading.countScans()].map((count, n) => count - (scansBefore[n] ?? 0)),
    ).to.deep.equal([1, 0]);
  });

  it('is read for no more than 1% of the time', async () => {
    const ats = await openAts();
    const scanMs = 5;
    const pauseMs = 99 * scanMs;
    const clock = createClock();
    let nowMs = 0;
    let scanCount = 0;
    const observer = observeCandidatePage({
      adapters: [ADAPTER],
      page: ats.page,
      clock: { ...clock, now: () => nowMs },
      onChange: () => {},
      onScan() {
        scanCount++;
        nowMs += scanMs;
      },
    });
    observers.push(observer);
    ats.show(1);
    await nextFrames(ats);
    expect(scanCount).to.equal(1);
    nowMs += pauseMs;
    clock.advance(pauseMs);
    await nextFrames(ats);
    expect(scanCount).to.equal(2);
  });
});

describe('the chip', () => {
  function mountChip(ats: Ats, adapter: Partial<ServedAdapter> = {}) {
    const chip = ats.page.document.createElement('div');
    const positions: string[] = [];
    const isOrphaned = () => false;
    const mount = createChipMount(chip, (position) => positions.push(position), isOrphaned, ats.page);
    mount.update({ ...ADAPTER, ...adapter });
    return { chip, positions, mount };
  }

  it('is in the element that the adapter names, or in the window’s corner if the page lacks the element', async () => {
    const ats = await openAts();
    expect(mountChip(ats).chip.parentElement?.localName).to.equal('aside');
    const { chip, positions, mount } = mountChip(ats, { mount: ['.later'] });
    expect(chip.parentElement?.localName).to.equal('html');
    ats.page.document.querySelector('aside')?.classList.add('later');
    mount.update({ ...ADAPTER, mount: ['.later'] });
    expect(chip.parentElement?.localName).to.equal('aside');
    expect(positions).to.deep.equal(['corner', 'inline']);
    mount.update(undefined);
    expect(chip.isConnected).to.equal(false);
  });

  it('comes back in the next frame, however often the page removes it', async () => {
    const ats = await openAts();
    const { chip } = mountChip(ats, { mount: [] });
    const { document: inside } = ats.page;
    for (let n = 0; n < 50; n++) {
      if (n % 2) chip.remove();
      else inside.documentElement.replaceChildren(inside.createElement('head'), inside.createElement('body'));
      expect(chip.isConnected).to.equal(false);
      await nextFrames(ats);
      expect(chip.isConnected, `removal ${n}`).to.equal(true);
    }
  });
});
