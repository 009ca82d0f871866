/** Page adapters in a real browser: pages that swap candidates in place, each in its own way. */
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
  /** Shows a candidate, and leaves the address as it is. */
  show(person: number): void;
  /** Changes the address, and leaves what is shown as it is. */
  go(person: number, how?: 'pushState' | 'replaceState'): void;
  /** Whom page and address name, where they agree; a page that shows nobody agrees. */
  truth(): string | undefined;
}

const frames: HTMLIFrameElement[] = [];
const watches: PageObserver[] = [];

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
    truth() {
      const inAddress = /^\/people\/(\d+)$/.exec(page.location.pathname)?.[1];
      return !inside.querySelector('h1') || inAddress === String(shown) ? inAddress : undefined;
    },
  };
  ats.go(person, 'replaceState');
  ats.show(person);
  return ats;
}

function watch(ats: Ats, adapter: Partial<ServedAdapter> = {}): { seen: Identity[]; identify(): Identity } {
  const seen: Identity[] = [];
  const watching = observeCandidatePage({
    adapters: [{ ...ADAPTER, ...adapter }],
    page: ats.page,
    onChange: (identity) => seen.push(identity),
  });
  watches.push(watching);
  return { seen, identify: watching.identify };
}

const personOf = (identity: Identity | undefined) =>
  identity?.state === 'candidate' ? identity.ids['person'] : undefined;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

afterEach(() => {
  for (const one of watches.splice(0)) one.stop();
  for (const frame of frames.splice(0)) frame.remove();
});

type Switch = (ats: Ats, to: number) => Promise<void> | void;

/** How applications go from one candidate to the next. */
const STYLES: Record<string, Switch> = {
  'changes address and page at once'(ats, to) {
    ats.go(to);
    ats.show(to);
  },
  async 'changes the address, and the page when the answer is there'(ats, to) {
    ats.go(to);
    await pause(30);
    ats.show(to);
  },
  async 'changes the page, and the address thereafter'(ats, to) {
    ats.show(to);
    await pause(30);
    ats.go(to);
  },
  'replaces the address'(ats, to) {
    ats.show(to);
    ats.go(to, 'replaceState');
  },
  async 'empties the page in between'(ats, to) {
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

for (const without of [false, true]) {
  describe(`a page of an ATS ${without ? 'in a browser without the navigation API' : ''}`, () => {
    it('names the right candidate over 50 switches in place, and never another for a single frame', async function () {
      this.timeout(60_000);
      const ats = await openAts();
      if (without) Object.defineProperty(ats.page, 'navigation', { value: undefined, configurable: true });
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
      watches.push(panels);
      let frame = 0;
      const check = () => {
        const shown = panel?.isConnected ? panel.dataset['person'] : undefined;
        if (shown && shown !== ats.truth()) wrong.push(`the panel of ${shown} on the page of ${ats.truth()}`);
        frame = page.requestAnimationFrame(check);
      };
      frame = page.requestAnimationFrame(check);
      const styles = Object.entries(STYLES);
      for (let n = 0; n < 50; n++) {
        const [style = '', change] = styles[n % styles.length] ?? [];
        const to = 2 + ((n * 7) % 40);
        const changed = change?.(ats, to);
        const asked = personOf(panels.identify());
        if (asked && asked !== ats.truth()) wrong.push(`asked in mid-change: ${asked} (${style})`);
        await changed;
        await waitFor(() => personOf(panels.identify()) === String(to) && panel?.isConnected);
        expect(panel?.dataset['person'], style).to.equal(String(to));
        expect(page.document.querySelectorAll('[data-person]')).to.have.length(1);
        expect(panel?.parentElement?.localName).to.equal('aside');
      }
      page.cancelAnimationFrame(frame);
      expect(wrong).to.deep.equal([]);
    });

    it('follows back and forward', async () => {
      const ats = await openAts();
      if (without) Object.defineProperty(ats.page, 'navigation', { value: undefined, configurable: true });
      const { identify } = watch(ats);
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
  it('loses its panel before anything else runs, once its address changes', async () => {
    const ats = await openAts();
    const made: HTMLElement[] = [];
    watches.push(
      mountPanel({
        adapters: [ADAPTER],
        page: ats.page,
        createPanel() {
          const panel = ats.page.document.createElement('div');
          made.push(panel);
          return panel;
        },
      }),
    );
    expect(made[0]?.isConnected).to.equal(true);
    ats.go(2);
    expect(made[0]?.isConnected).to.equal(false);
    ats.show(2);
    await waitFor(() => made[1]?.isConnected);
    made[1]?.remove();
    await waitFor(() => made[1]?.isConnected);
    expect(made).to.have.length(2);
  });

  it('that shows somebody else without changing its address names nobody after a while, and the next address does', async () => {
    const ats = await openAts();
    const { seen, identify } = watch(ats);
    await pause(1_100);
    expect(personOf(identify())).to.equal('1');
    ats.show(2);
    expect(identify().state).to.equal('changing');
    await waitFor(() => identify().state === 'unknown');
    ats.go(2);
    await waitFor(() => personOf(identify()) === '2');
    expect(seen.map(({ state }) => state)).to.deep.equal(['candidate', 'changing', 'unknown', 'candidate']);
  });

  it('that cannot be read says so, one of nobody says nothing, and one that is read tells what it shows', async () => {
    const ats = await openAts();
    const { identify } = watch(ats);
    const first = identify();
    expect(first.state === 'candidate' && first.shown).to.deep.equal({
      name: 'Person 1',
      email: 'person-1@example.com',
    });
    ats.page.history.pushState(null, '', '/people/somebody');
    await waitFor(() => identify().state === 'unknown');
    ats.page.history.pushState(null, '', '/jobs/1');
    expect(identify().state).to.equal('none');
  });

  it('whose link to the candidate changes alone is followed; where link and address disagree nobody is named', async () => {
    const ats = await openAts();
    const { identify } = watch(ats, {
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

  it('without ids in its address is read by its marks, which must agree; that is told', async () => {
    const ats = await openAts();
    ats.page.history.pushState(null, '', '/anything');
    const marks = [{ id: 'person', selector: '[data-person-id]', attribute: 'data-person-id' }];
    const { identify } = watch(ats, { addresses: [], suspects: [], marks, person: [], email: [] });
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

  it('is read on with selectors that it does not understand', async () => {
    const ats = await openAts();
    const { identify } = watch(ats, { person: ['h1:nonsense(', '%%'], mount: ['[['], links: [':::'] });
    expect(personOf(identify())).to.equal('1');
  });
});
