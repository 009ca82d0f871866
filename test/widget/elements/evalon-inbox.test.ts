import { assert } from 'chai';
import type { EvalonElement } from '../../../widget/elements/base/evalon-element.ts';
import { flushPromises } from '../fake-clock.ts';
import {
  collectEvents,
  controlEvalon,
  createCandidate,
  findButton,
  findInShadow,
  inviteViaApi,
  mount,
  mountWithProxy,
  readText,
  waitFor,
  waitForPaint,
  waitForText,
} from '../fixture.ts';
import { buildSession, problemResponse, ScriptedProxy } from '../scripted-proxy.ts';

const DAY = 24 * 60 * 60_000;
const TEST = { 'data-test': '' };
const ago = (days: number) => new Date(Date.now() - days * DAY).toISOString();

let recruiters = 0;

/** A recruiter whom no other test knows. */
const recruiter = () => ({ sub: `inbox-${Date.now().toString(36)}-${++recruiters}`, name: 'A recruiter' });

const mountInbox = (claims: Record<string, unknown>) => mount('evalon-inbox', TEST, { claims });

/** A scripted proxy with a viewer of its own, so that no test knows another's visits. */
function proxyWith(...sessions: Record<string, unknown>[]): ScriptedProxy {
  const proxy = new ScriptedProxy();
  proxy.viewer = `viewer of ${proxy.url}`;
  proxy.sessions = sessions;
  return proxy;
}

const inboxAt = (proxy: ScriptedProxy) => mountWithProxy(proxy, 'evalon-inbox', TEST);

function about(name: string, status: string, days: number, more: Record<string, unknown> = {}) {
  const session = { candidate_name: name, session_uuid: name, status, updated_at: ago(days) };
  return buildSession(`${name.toLowerCase()}@example.com`, { ...session, ...more });
}

const completed = (name: string, days: number, overall = 82) =>
  about(name, 'completed', days, { completed_at: ago(days), score_summary: { overall, sections: [] } });

const rowsOf = (inbox: Element) => [...(inbox.shadowRoot?.querySelectorAll<HTMLElement>('[part=row]') ?? [])];
const row = (inbox: Element, name: string) =>
  waitFor(() => rowsOf(inbox).find((one) => one.textContent?.includes(name)));
const headline = (inbox: Element) => findInShadow(inbox, '[part=headline]').textContent;
const newOnes = (inbox: Element) =>
  rowsOf(inbox)
    .filter((one) => one.querySelector('[part=new]'))
    .map(({ id }) => id);
const keyOf = (proxy: ScriptedProxy) => `evalon-inbox ${proxy.viewer}`;
const keptOf = (proxy: ScriptedProxy) => JSON.parse(localStorage.getItem(keyOf(proxy)) ?? 'null');
const seen = (proxy: ScriptedProxy) => waitFor(() => keptOf(proxy));

/** The recruiter was away for so many milliseconds. */
function wasAway(proxy: ScriptedProxy, ms: number): void {
  const visit = keptOf(proxy);
  localStorage.setItem(keyOf(proxy), JSON.stringify({ ...visit, at: visit.at - ms }));
}

const focused = (inbox: Element) => inbox.shadowRoot?.activeElement;

afterEach(() => localStorage.clear());

describe('<evalon-inbox>', () => {
  it('tells of whom this recruiter has invited, and of nobody else', async () => {
    const [me, colleague] = [recruiter(), recruiter()];
    const [mine, ended, theirs] = [createCandidate(), createCandidate(), createCandidate()];
    const { session_uuid } = await inviteViaApi(mine, {}, me);
    await controlEvalon('event', {
      session_uuid: (await inviteViaApi(ended, {}, me)).session_uuid,
      event: 'session.declined',
    });
    await controlEvalon('complete', { session_uuid: (await inviteViaApi(theirs, {}, colleague)).session_uuid });
    await controlEvalon('complete', { session_uuid });
    const inbox = mountInbox(me);
    await waitForText(inbox, mine['candidate-name']);
    await waitForText(inbox, ended['candidate-name']);
    await waitFor(async () => (await row(inbox, mine['candidate-name'])).textContent?.includes('82'));
    const told = (await row(inbox, mine['candidate-name'])).textContent ?? '';
    for (const word of ['Completed', 'Marketing', 'just now']) assert.include(told, word);
    assert.include((await row(inbox, ended['candidate-name'])).textContent ?? '', 'Candidate declined');
    assert.notInclude(readText(inbox), theirs['candidate-name']);
  });

  it('tells what comes in live: in the row, in its headline, and aloud', async () => {
    const me = recruiter();
    const person = createCandidate();
    const { session_uuid } = await inviteViaApi(person, {}, me);
    const inbox = mountInbox(me);
    await waitForText(inbox, 'Results from candidates you invite will appear here.');
    const region = await waitFor(() => document.querySelector('[role=status]'));
    await controlEvalon('complete', { session_uuid });
    await waitForText(inbox, '1 new result.');
    assert.include((await row(inbox, person['candidate-name'])).textContent ?? '', 'New');
    await waitFor(() => region.textContent?.includes(`${person['candidate-name']}, Marketing: Completed, overall 82`));
  });

  it('leads to a candidate by an event that the page takes, from rows that are buttons', async () => {
    const proxy = proxyWith(completed('Ann', 1), about('Bob', 'opened', 8));
    const inbox = await inboxAt(proxy);
    const opened = collectEvents(document.body, 'evalon-candidate-select');
    const aliases = collectEvents(document.body, 'evalon-open');
    let last: Event | undefined;
    document.body.addEventListener('evalon-candidate-select', (event) => {
      last = event;
      event.preventDefault();
    });
    const before = location.href;
    (await row(inbox, 'Ann')).click();
    const bob = await row(inbox, 'Bob');
    assert.instanceOf(bob, HTMLButtonElement);
    bob.click();
    assert.deepEqual(
      opened.map(({ session }) => [session.candidate_email, session.project_id]),
      [
        ['ann@example.com', 'p1'],
        ['bob@example.com', 'p1'],
      ],
    );
    assert.deepEqual(aliases, opened);
    assert.isTrue(last?.defaultPrevented && last.composed && last.bubbles);
    assert.equal(location.href, before);
    assert.equal(headline(inbox), 'Nothing new since your last visit. 1 waiting over 5 days.');
  });

  it('counts those of whom nothing was heard for over five days, the longest waiting first', async () => {
    const proxy = proxyWith(
      about('Ann', 'opened', 6),
      about('Bob', 'invited', 9),
      about('Cyd', 'invited', 4),
      about('Dan', 'scoring', 5.5),
    );
    const inbox = await inboxAt(proxy);
    await waitForText(inbox, 'Nothing new since your last visit. 3 waiting over 5 days.');
    assert.deepEqual(
      rowsOf(inbox).map(({ id }) => id),
      ['Bob', 'Ann', 'Dan'],
    );
    assert.include((await row(inbox, 'Bob')).textContent ?? '', 'no activity for 9 days');
    proxy.lastStream.sendEvent('e.2', 'session', about('Bob', 'opened', 0));
    await waitForText(inbox, '2 waiting over 5 days');
    proxy.lastStream.sendEvent('e.3', 'session', completed('Ann', 0));
    await waitForText(inbox, '1 new result. 1 waiting over 5 days.');
  });

  it('has headings, lists that say so, names that begin with the candidate, and targets of 24 px', async () => {
    const inbox = await inboxAt(proxyWith(completed('Ann', 1), about('Bob', 'opened', 8)));
    await row(inbox, 'Bob');
    const root = inbox.shadowRoot;
    assert.deepEqual(
      [...(root?.querySelectorAll('h2, h3') ?? [])].map(({ textContent }) => textContent),
      ['Assessment inbox', 'Finished or ended', 'No activity for over 5 days: send a reminder'],
    );
    for (const list of root?.querySelectorAll('ul') ?? []) assert.equal(list.getAttribute('role'), 'list');
    for (const one of rowsOf(inbox)) {
      assert.match(one.textContent?.trim() ?? '', new RegExp(`^${one.id}`));
      assert.isAtLeast(one.getBoundingClientRect().height, 24);
    }
  });

  it('shows what others wrote as text', async () => {
    const name = '<img src=x onerror="window.hacked=1"> \u202eAnn';
    const inbox = await inboxAt(proxyWith(about('x', 'completed', 1, { candidate_name: name })));
    await waitForText(inbox, '<img src=x');
    assert.isNull(inbox.shadowRoot?.querySelector('img'));
    assert.isNotNull(findInShadow(inbox, '[part=candidate] bdi'));
  });
});

describe('what is new in <evalon-inbox>', () => {
  it('is nothing on the first visit of all, and then what came since the last one', async () => {
    const proxy = proxyWith(completed('Ann', 2), about('Bob', 'expired', 3));
    const first = await inboxAt(proxy);
    await waitForText(first, 'Nothing new');
    await seen(proxy);
    first.remove();
    wasAway(proxy, DAY);
    proxy.sessions = [...proxy.sessions, completed('Cyd', 1), completed('Dan', 0.5), about('Eve', 'declined', 0.2)];
    const second = await inboxAt(proxy);
    await waitForText(second, '2 new results. 1 ended without a result.');
    assert.deepEqual(newOnes(second), ['Eve', 'Dan', 'Cyd']);
  });

  it('stays marked while somebody reads, opens a candidate and comes back, and no longer', async () => {
    const proxy = proxyWith(completed('Ann', 2));
    (await waitForText(await inboxAt(proxy), 'Nothing new')) && (await seen(proxy));
    wasAway(proxy, DAY);
    proxy.sessions = [...proxy.sessions, completed('Bob', 0.1)];
    const visit = await inboxAt(proxy);
    await waitForText(visit, '1 new result');
    await waitFor(() => keptOf(proxy).upTo > ago(1));
    assert.deepEqual(newOnes(visit), ['Bob'], 'still, though it was seen');
    visit.remove();
    wasAway(proxy, 5 * 60_000);
    const back = await inboxAt(proxy);
    await waitForText(back, '1 new result');
    back.remove();
    wasAway(proxy, 11 * 60_000);
    const next = await inboxAt(proxy);
    await waitForText(next, 'Nothing new');
    assert.deepEqual(newOnes(next), []);
  });

  it('was not looked at as long as it is out of sight', async () => {
    const [far, near] = [proxyWith(completed('Ann', 2)), proxyWith(completed('Bob', 2))];
    const below = await inboxAt(far);
    below.style.marginTop = '300vh';
    await waitForPaint();
    const above = await inboxAt(near);
    document.body.prepend(above);
    await waitForText(below, 'Ann');
    await seen(near);
    assert.isNull(keptOf(far));
    below.scrollIntoView();
    await seen(far);
    scrollTo(0, 0);
  });

  it('was looked at in whichever tab', async () => {
    const proxy = proxyWith(completed('Ann', 2), completed('Bob', 1));
    const since = ago(1.5);
    localStorage.setItem(keyOf(proxy), JSON.stringify({ since, upTo: since, at: Date.now() }));
    const inbox = await inboxAt(proxy);
    await waitForText(inbox, '1 new result');
    const key = keyOf(proxy);
    localStorage.setItem(key, JSON.stringify({ since: ago(0.5), upTo: ago(0.5), at: Date.now() }));
    dispatchEvent(new StorageEvent('storage', { key }));
    await waitForText(inbox, 'Nothing new');
  });

  it('is known as long as the page is there where the browser keeps nothing', async () => {
    const { getItem, setItem } = Storage.prototype;
    const refuse = () => {
      throw new DOMException('no', 'SecurityError');
    };
    Storage.prototype.getItem = refuse;
    Storage.prototype.setItem = refuse;
    try {
      const proxy = proxyWith(completed('Ann', 2));
      const inbox = await inboxAt(proxy);
      await waitForText(inbox, 'Nothing new');
      proxy.lastStream.sendEvent('e.2', 'session', completed('Bob', 0));
      await waitForText(inbox, '1 new result.');
    } finally {
      Object.assign(Storage.prototype, { getItem, setItem });
    }
  });

  it('is no word about anybody in what the browser keeps', async () => {
    const proxy = proxyWith(completed('Ann', 2));
    await inboxAt(proxy);
    await seen(proxy);
    assert.hasAllKeys(keptOf(proxy), ['since', 'upTo', 'at']);
    assert.notMatch(localStorage.getItem(keyOf(proxy)) ?? '', /ann|example|sess/i);
  });

  it('is no result again when something more is heard of it', async () => {
    const proxy = proxyWith(completed('Ann', 2));
    const since = ago(1);
    localStorage.setItem(keyOf(proxy), JSON.stringify({ since, upTo: since, at: Date.now() }));
    const inbox = await inboxAt(proxy);
    await waitForText(inbox, 'Ann');
    proxy.lastStream.sendEvent('e.2', 'session', {
      ...completed('Ann', 0),
      completed_at: ago(2),
      last_event: 'session.archived',
    });
    proxy.lastStream.sendEvent('e.3', 'session', about('Bob', 'declined', 0));
    await waitForText(inbox, '1 ended without a result.');
    assert.deepEqual(newOnes(inbox), ['Bob']);
  });
});

describe('the focus in <evalon-inbox>', () => {
  async function focusOn(inbox: EvalonElement, name: string): Promise<HTMLElement> {
    const one = await row(inbox, name);
    one.focus();
    assert.equal(focused(inbox), one);
    return one;
  }

  it('stays on its candidate while others come in and pass, also when they move themselves', async () => {
    const proxy = proxyWith(completed('Ann', 1), completed('Bob', 2), about('Cyd', 'opened', 7));
    const inbox = await inboxAt(proxy);
    const bob = await focusOn(inbox, 'Bob');
    const order = () => rowsOf(inbox).map(({ id }) => id);
    proxy.lastStream.sendEvent('e.2', 'session', completed('Dan', 0));
    await waitFor(() => order()[0] === 'Dan');
    assert.equal(focused(inbox), bob, 'the same button');
    proxy.lastStream.sendEvent('e.3', 'session', { ...completed('Bob', 0), updated_at: ago(-0.01) });
    await waitFor(() => order()[0] === 'Bob');
    assert.equal(focused(inbox)?.id, 'Bob');
    await focusOn(inbox, 'Cyd');
    proxy.lastStream.sendEvent('e.4', 'session', { ...completed('Cyd', 0), updated_at: ago(-0.02) });
    await waitFor(() => order()[0] === 'Cyd');
    assert.equal(focused(inbox)?.id, 'Cyd', 'also from one list to the other');
  });

  it('goes to a neighbour when its candidate is gone, and to the headline when all are', async () => {
    const proxy = proxyWith(completed('Ann', 1), completed('Bob', 2));
    const inbox = await inboxAt(proxy);
    await focusOn(inbox, 'Ann');
    proxy.lastStream.sendEvent('e.2', 'gone', { session_uuid: 'Ann' });
    await waitFor(() => focused(inbox)?.id === 'Bob');
    assert.notInclude(readText(inbox), 'Ann');
    proxy.lastStream.sendEvent('e.3', 'gone', { session_uuid: 'Bob' });
    await waitFor(() => focused(inbox)?.getAttribute('part') === 'headline');
  });

  it('is taken from nobody who has left it', async () => {
    const proxy = proxyWith(completed('Ann', 1));
    const inbox = await inboxAt(proxy);
    (await focusOn(inbox, 'Ann')).blur();
    proxy.lastStream.sendEvent('e.2', 'session', completed('Bob', 0));
    await row(inbox, 'Bob');
    proxy.lastStream.sendEvent('e.3', 'gone', { session_uuid: 'Ann' });
    await waitFor(() => rowsOf(inbox).length === 1);
    assert.equal(document.activeElement, document.body);
  });

  it('goes on with the rows that "Show more" brings, once there is no more to show', async () => {
    const proxy = proxyWith(...Array.from({ length: 62 }, (_, n) => completed(`c${n}.`, n + 1)));
    const inbox = await inboxAt(proxy);
    await waitFor(() => rowsOf(inbox).length === 10);
    const more = () => findButton(inbox, 'Show more: Finished or ended');
    for (const count of [20, 30, 40, 50, 60]) {
      more().focus();
      more().click();
      await waitFor(() => rowsOf(inbox).length === count);
      assert.equal(focused(inbox), more());
    }
    more().click();
    await waitFor(() => rowsOf(inbox).length === 62);
    assert.equal(focused(inbox)?.id, 'c60.');
    assert.lengthOf(inbox.shadowRoot?.querySelectorAll('[part=more-button]') ?? [], 0);
  });
});

describe('<evalon-inbox> when things go wrong', () => {
  it('shows that it is loading, then why it cannot, and tries again', async () => {
    const proxy = proxyWith(completed('Ann', 1));
    const answer = Promise.withResolvers<Response>();
    proxy.override = ({ path }) => (path === '/v1/sessions/query' ? answer.promise : undefined);
    const inbox = await inboxAt(proxy);
    const errors = collectEvents(inbox, 'evalon-error');
    assert.isNotNull(findInShadow(inbox, '.skeleton'));
    answer.resolve(problemResponse(403, 'forbidden'));
    await waitForText(inbox, 'Detail from the proxy: forbidden.');
    assert.deepEqual(
      errors.map(({ code }) => code),
      ['forbidden'],
    );
    proxy.override = () => undefined;
    findButton(inbox, 'Retry').click();
    await waitForText(inbox, 'Ann');
  });

  it('says that it is offline, and keeps what it knows', async () => {
    const proxy = proxyWith(completed('Ann', 1));
    const inbox = await inboxAt(proxy);
    await waitForText(inbox, 'Ann');
    Object.defineProperty(navigator, 'onLine', { configurable: true, value: false });
    dispatchEvent(new Event('offline'));
    await waitForText(inbox, "You're offline.");
    assert.include(readText(inbox), 'Ann');
    Reflect.deleteProperty(navigator, 'onLine');
    dispatchEvent(new Event('online'));
    await waitFor(() => !readText(inbox).includes('offline'));
  });

  it('lets go of everything when it is taken out, and starts again when it is put back', async () => {
    const proxy = proxyWith(completed('Ann', 1));
    const inbox = await inboxAt(proxy);
    await waitForText(inbox, 'Ann');
    await waitFor(() => proxy.streams.length === 1);
    inbox.remove();
    await waitFor(() => proxy.lastStream.isClosed);
    for (const type of ['online', 'pageshow', 'visibilitychange']) {
      dispatchEvent(new Event(type));
      document.dispatchEvent(new Event(type));
    }
    await flushPromises();
    assert.lengthOf(proxy.streams, 1);
    const network = window.fetch;
    window.fetch = proxy.fetch;
    document.body.append(inbox);
    await inbox.updateComplete;
    window.fetch = network;
    await waitFor(() => proxy.streams.length === 2);
    await waitForText(inbox, 'Ann');
  });

  it('lets go of its stream on the way into the back/forward cache, and goes on afterwards', async () => {
    const proxy = proxyWith(completed('Ann', 1));
    const inbox = await inboxAt(proxy);
    await waitFor(() => proxy.streams.length === 1);
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    assert.isTrue(proxy.lastStream.isClosed);
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await waitFor(() => proxy.streams.length === 2);
    await waitForText(inbox, 'Ann');
  });
});
