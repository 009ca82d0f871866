/** Page adapters in a real browser, on pages that change the candidate in place. */
import { expect } from 'chai';
import type { ServedAdapter } from '../../../proxy/contract/page-adapter.ts';
import { mountPanel } from '../../../widget/extension/page-detection/mount-panel.ts';
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

interface Ats {
  page: Window & { navigation?: EventTarget };
  /** Shows a candidate without changing the address. */
  show(person: number): void;
  /** Changes the address without changing the content. */
  go(person: number, how?: 'pushState' | 'replaceState'): void;
  /** Returns the candidate in the address, or undefined if the page shows another one. */
  expectedPerson(): string | undefined;
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
    expectedPerson() {
      const inAddress = /^\/people\/(\d+)$/.exec(page.location.pathname)?.[1];
      return !inside.querySelector('h1') || inAddress === String(shown) ? inAddress : undefined;
    },
  };
  ats.go(person, 'replaceState');
  ats.show(person);
  return ats;
}

function observe(ats: Ats, adapter: Partial<ServedAdapter> = {}): { seen: Identity[]; identify(): Identity } {
  const seen: Identity[] = [];
  const observer = observeCandidatePage({
    adapters: [{ ...ADAPTER, ...adapter }],
    page: ats.page,
    onChange: (identity) => seen.push(identity),
  });
  observers.push(observer);
  return { seen, identify: observer.identify };
}

const personOf = (identity: Identity | undefined) =>
  identity?.state === 'candidate' ? identity.ids['person'] : undefined;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

afterEach(() => {
  for (const one of observers.splice(0)) one.stop();
  for (const frame of frames.splice(0)) frame.remove();
});

type Switch = (ats: Ats, to: number) => Promise<void> | void;

/** The ways in which applications change the candidate. */
const STYLES: Record<string, Switch> = {
  'changes address and content at once'(ats, to) {
    ats.go(to);
    ats.show(to);
  },
  async 'changes the address, and the content after a response'(ats, to) {
    ats.go(to);
    await pause(30);
    ats.show(to);
  },
  async 'changes the content, and then the address'(ats, to) {
    ats.show(to);
    await pause(30);
    ats.go(to);
  },
  'replaces the address'(ats, to) {
    ats.show(to);
    ats.go(to, 'replaceState');
  },
  async 'empties the page before it shows the next candidate'(ats, to) {
    ats.page.document.body.replaceChildren();
    ats.go(to);
    await pause(30);
    ats.show(to);
  },
  async 'changes its text in place'(ats, to) {
    ats.go(to);
    await pause(10);
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
      let panel: HTMLElement | undefined;
      const panels = mountPanel({
        adapters: [ADAPTER],
        page,
        createPanel(identity) {
          panel = page.document.createElement('div');
          panel.dataset['person'] = personOf(identity) ?? 'unknown';
          return panel;
        },
      });
      observers.push(panels);
      let frame = 0;
      const check = () => {
        const shown = panel?.isConnected ? panel.dataset['person'] : undefined;
        if (shown && shown !== ats.expectedPerson())
          wrong.push(`the panel of ${shown} on the page of ${ats.expectedPerson()}`);
        frame = page.requestAnimationFrame(check);
      };
      frame = page.requestAnimationFrame(check);
      const styles = Object.entries(STYLES);
      for (let n = 0; n < 50; n++) {
        const [style = '', change] = styles[n % styles.length] ?? [];
        const to = 2 + ((n * 7) % 40);
        const changed = change?.(ats, to);
        const identified = personOf(panels.identify());
        if (identified && identified !== ats.expectedPerson())
          wrong.push(`identified during the change: ${identified} (${style})`);
        await changed;
        await waitFor(() => personOf(panels.identify()) === String(to) && panel?.isConnected);
        expect(panel?.dataset['person'], style).to.equal(String(to));
        expect(page.document.querySelectorAll('[data-person]')).to.have.length(1);
        expect(panel?.parentElement?.localName).to.equal('aside');
      }
      page.cancelAnimationFrame(frame);
      expect(wrong).to.deep.equal([]);
    });

    it('identifies the candidate after back and forward', async () => {
      const ats = await openAts();
      if (!hasNavigationApi) Object.defineProperty(ats.page, 'navigation', { value: undefined, configurable: true });
      const { identify } = observe(ats);
      ats.page.addEventListener('popstate', () => ats.show(Number(/\d+/.exec(ats.page.location.pathname)?.[0])));
      for (const person of [2, 3]) {
        ats.go(person);
        ats.show(person);
      }
      ats.page.history.back();
      await waitFor(() => personOf(identify()) === '2');
      ats.page.history.forward();
      await waitFor(() => personOf(identify()) === '3');
    });
  });
}

describe('a page of an ATS', () => {
  it('loses its panel synchronously when its address changes', async () => {
    const ats = await openAts();
    const panelsCreated: HTMLElement[] = [];
    observers.push(
      mountPanel({
        adapters: [ADAPTER],
        page: ats.page,
        createPanel() {
          const panel = ats.page.document.createElement('div');
          panelsCreated.push(panel);
          return panel;
        },
      }),
    );
    expect(panelsCreated[0]?.isConnected).to.equal(true);
    ats.go(2);
    expect(panelsCreated[0]?.isConnected).to.equal(false);
    ats.show(2);
    await waitFor(() => panelsCreated[1]?.isConnected);
    panelsCreated[1]?.remove();
    await waitFor(() => panelsCreated[1]?.isConnected);
    expect(panelsCreated).to.have.length(2);
  });

  it('that shows another candidate without a new address becomes unknown until its address changes', async () => {
    const ats = await openAts();
    const { seen, identify } = observe(ats);
    await pause(1_100);
    expect(personOf(identify())).to.equal('1');
    ats.show(2);
    expect(identify().state).to.equal('changing');
    await waitFor(() => identify().state === 'unknown');
    ats.go(2);
    await waitFor(() => personOf(identify()) === '2');
    expect(seen.map(({ state }) => state)).to.deep.equal(['candidate', 'changing', 'unknown', 'candidate']);
  });

  it('is a candidate with name and email, unknown, or not about a candidate, depending on its address', async () => {
    const ats = await openAts();
    const { identify } = observe(ats);
    const first = identify();
    expect(first.state === 'candidate' && first.shown).to.deep.equal({
      name: 'Person 1',
      email: 'person-1@example.com',
    });
    ats.page.history.pushState(null, '', '/people/unreadable');
    await waitFor(() => identify().state === 'unknown');
    ats.page.history.pushState(null, '', '/jobs/1');
    expect(identify().state).to.equal('none');
  });

  it('is unknown if its link and its address identify different candidates', async () => {
    const ats = await openAts();
    const { identify } = observe(ats, {
      addresses: ['/people/{person}', '/p/{person}'],
      links: ['a.current'],
      person: [],
      email: [],
    });
    const link = ats.page.document.createElement('a');
    link.className = 'current';
    link.href = '/p/1';
    ats.page.document.body.append(link);
    expect(personOf(identify())).to.equal('1');
    link.href = '/p/2';
    expect(personOf(identify())).to.equal(undefined);
    await waitFor(() => identify().state === 'unknown');
    ats.go(2);
    await waitFor(() => personOf(identify()) === '2');
  });

  it('without ids in its address is identified by its marks if they agree, and reports that source', async () => {
    const ats = await openAts();
    ats.page.history.pushState(null, '', '/anything');
    const marks = [{ id: 'person', selector: '[data-person-id]', attribute: 'data-person-id' }];
    const { identify } = observe(ats, { addresses: [], suspects: [], marks, person: [], email: [] });
    expect(identify().state).to.equal('none');
    const mark = (person: string) => {
      const element = ats.page.document.createElement('p');
      element.dataset['personId'] = person;
      ats.page.document.body.append(element);
      return element;
    };
    const one = mark('7');
    const identity = identify();
    expect([personOf(identity), identity.state === 'candidate' && identity.from]).to.deep.equal(['7', 'page']);
    const other = mark('8');
    await waitFor(() => identify().state === 'unknown');
    one.remove();
    expect(personOf(identify())).to.equal('8');
    other.dataset['personId'] = '9';
    expect(personOf(identify())).to.equal('9');
  });

  it('is identified although an adapter has invalid selectors', async () => {
    const ats = await openAts();
    const { identify } = observe(ats, { person: ['h1:nonsense(', '%%'], mount: ['[['], links: [':::'] });
    expect(personOf(identify())).to.equal('1');
  });
});
