import { assert } from 'chai';
import type { EvalonElement } from '../../../widget/elements/base/evalon-element.ts';
import { flushPromises } from '../fake-clock.ts';
import {
  collectEvents,
  controlEvalon,
  copyWith,
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

const DAY_MS = 24 * 60 * 60_000;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();
/** Later than the current time of other events, so that the row becomes the first. */
const MINUTES_AHEAD = daysAgo(-0.01);
const FURTHER_AHEAD = daysAgo(-0.02);

let recruiterCount = 0;

/** Returns the claims of a recruiter that no other test uses. */
const createRecruiter = () => ({ sub: `inbox-${Date.now().toString(36)}-${++recruiterCount}`, name: 'A recruiter' });

const mountInbox = (claims: Record<string, unknown>) => mount('evalon-inbox', {}, { claims });

/** Returns a scripted proxy with its own viewer, so that tests do not share visits. */
function createProxy(...sessions: Record<string, unknown>[]): ScriptedProxy {
  const proxy = new ScriptedProxy();
  proxy.viewer = `viewer of ${proxy.url}`;
  proxy.sessions = sessions;
  return proxy;
}

const mountScripted = (proxy: ScriptedProxy) => mountWithProxy(proxy, 'evalon-inbox', {});

function buildNamedSession(name: string, status: string, daysOld: number, more: Record<string, unknown> = {}) {
  const session = { candidate_name: name, session_uuid: name, status, updated_at: daysAgo(daysOld) };
  return buildSession(`${name.toLowerCase()}@example.com`, { ...session, ...more });
}

const buildCompletedSession = (name: string, daysOld: number, overall = 82) =>
  buildNamedSession(name, 'completed', daysOld, {
    completed_at: daysAgo(daysOld),
    score_summary: { overall, sections: [] },
  });

const listRows = (inbox: Element) => [...(inbox.shadowRoot?.querySelectorAll<HTMLElement>('[part=row]') ?? [])];
const waitForRow = (inbox: Element, name: string) =>
  waitFor(() => listRows(inbox).find((row) => row.textContent?.includes(name)));
const readHeadline = (inbox: Element) => findInShadow(inbox, '[part=headline]').textContent?.trim();
const listNewRows = (inbox: Element) =>
  listRows(inbox)
    .filter((row) => row.querySelector('[part=new]'))
    .map(({ id }) => id);
const getVisitKey = (proxy: ScriptedProxy) => `evalon-inbox ${proxy.viewer}`;
const readVisit = (proxy: ScriptedProxy) => JSON.parse(localStorage.getItem(getVisitKey(proxy)) ?? 'null');
const waitUntilSeen = (proxy: ScriptedProxy) => waitFor(() => readVisit(proxy));

/** Moves the recruiter's last visit into the past. */
function ageVisit(proxy: ScriptedProxy, ms: number): void {
  const visit = readVisit(proxy);
  localStorage.setItem(getVisitKey(proxy), JSON.stringify({ ...visit, at: visit.at - ms }));
}

const getFocused = (inbox: Element) => inbox.shadowRoot?.activeElement;

afterEach(() => localStorage.clear());

describe('<evalon-inbox>', () => {
  it('lists only the candidates that this recruiter has invited', async () => {
    const [me, colleague] = [createRecruiter(), createRecruiter()];
    const [invited, declined, colleagueInvited] = [createCandidate(), createCandidate(), createCandidate()];
    const { session_uuid } = await inviteViaApi(invited, {}, me);
    await controlEvalon('event', {
      session_uuid: (await inviteViaApi(declined, {}, me)).session_uuid,
      event: 'session.declined',
    });
    await controlEvalon('complete', {
      session_uuid: (await inviteViaApi(colleagueInvited, {}, colleague)).session_uuid,
    });
    await controlEvalon('complete', { session_uuid });
    const inbox = mountInbox(me);
    await waitForText(inbox, invited['candidate-name']);
    await waitForText(inbox, declined['candidate-name']);
    await waitFor(async () => (await waitForRow(inbox, invited['candidate-name'])).textContent?.includes('82'));
    const text = (await waitForRow(inbox, invited['candidate-name'])).textContent ?? '';
    for (const word of ['Completed', 'Marketing', 'just now']) assert.include(text, word);
    assert.include((await waitForRow(inbox, declined['candidate-name'])).textContent ?? '', 'Candidate declined');
    assert.notInclude(readText(inbox), colleagueInvited['candidate-name']);
  });

  it('shows a live result in its row and headline, and announces it', async () => {
    const me = createRecruiter();
    const candidate = createCandidate();
    const { session_uuid } = await inviteViaApi(candidate, {}, me);
    const inbox = mountInbox(me);
    await waitForText(inbox, 'Results from candidates you invite will appear here.');
    const region = await waitFor(() => document.querySelector('[role=status]'));
    await controlEvalon('complete', { session_uuid });
    await waitForText(inbox, '1 new result.');
    assert.include((await waitForRow(inbox, candidate['candidate-name'])).textContent ?? '', 'New');
    await waitFor(() =>
      region.textContent?.includes(`${candidate['candidate-name']}, Marketing: Completed, overall 82`),
    );
  });

  it('has rows that are buttons and dispatch an event for the page', async () => {
    const proxy = createProxy(buildCompletedSession('Ann', 1), buildNamedSession('Bob', 'opened', 8));
    const inbox = await mountScripted(proxy);
    const opened = collectEvents(document.body, 'evalon-candidate-select');
    // The old name of the event.
    const aliases = collectEvents(document.body, 'evalon-open');
    let lastEvent: Event | undefined;
    document.body.addEventListener('evalon-candidate-select', (event) => {
      lastEvent = event;
      event.preventDefault();
    });
    const urlBefore = location.href;
    (await waitForRow(inbox, 'Ann')).click();
    const bob = await waitForRow(inbox, 'Bob');
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
    assert.isTrue(lastEvent?.defaultPrevented && lastEvent.composed && lastEvent.bubbles);
    assert.equal(location.href, urlBefore);
    assert.equal(readHeadline(inbox), 'No new results. 1 candidate without activity for 5 days or more.');
  });

  it('lists candidates without activity for five days or more, the longest waiting first', async () => {
    const proxy = createProxy(
      buildNamedSession('Ann', 'opened', 6),
      buildNamedSession('Bob', 'invited', 9),
      buildNamedSession('Cyd', 'invited', 4),
      buildNamedSession('Dan', 'scoring', 5.5),
    );
    const inbox = await mountScripted(proxy);
    await waitForText(inbox, 'No new results. 3 candidates without activity for 5 days or more.');
    assert.deepEqual(
      listRows(inbox).map(({ id }) => id),
      ['Bob', 'Ann', 'Dan'],
    );
    assert.include((await waitForRow(inbox, 'Bob')).textContent ?? '', '9 days ago');
    (await proxy.waitForStream()).sendEvent('e.2', 'session', buildNamedSession('Bob', 'opened', 0));
    await waitForText(inbox, '2 candidates without activity for 5 days or more');
    proxy.lastStream.sendEvent('e.3', 'session', buildCompletedSession('Ann', 0));
    await waitForText(inbox, '1 new result. 1 candidate without activity for 5 days or more.');
  });

  it('has headings, list roles, row names that start with the candidate, and targets of 24 px', async () => {
    const inbox = await mountScripted(
      createProxy(buildCompletedSession('Ann', 1), buildNamedSession('Bob', 'opened', 8)),
    );
    await waitForRow(inbox, 'Bob');
    const root = inbox.shadowRoot;
    assert.deepEqual(
      [...(root?.querySelectorAll('h2, h3') ?? [])].map(({ textContent }) => textContent),
      ['Assessment inbox', 'Completed or ended', 'No activity for 5 days or more'],
    );
    for (const list of root?.querySelectorAll('ul') ?? []) assert.equal(list.getAttribute('role'), 'list');
    for (const row of listRows(inbox)) {
      assert.match(row.textContent?.trim() ?? '', new RegExp(`^${row.id}`));
      assert.isAtLeast(row.getBoundingClientRect().height, 24);
    }
  });

  it('shows hostile names as text', async () => {
    const name = '<img src=x onerror="window.hacked=1"> \u202eAnn';
    const inbox = await mountScripted(createProxy(buildNamedSession('x', 'completed', 1, { candidate_name: name })));
    await waitForText(inbox, '<img src=x');
    assert.isNull(inbox.shadowRoot?.querySelector('img'));
    assert.isNotNull(findInShadow(inbox, '[part=candidate] bdi'));
  });
});

describe('the “New” badges of <evalon-inbox>', () => {
  it('are absent on the first visit, and then mark what arrived since the last visit', async () => {
    const proxy = createProxy(buildCompletedSession('Ann', 2), buildNamedSession('Bob', 'expired', 3));
    const first = await mountScripted(proxy);
    await waitForText(first, 'No new results.');
    await waitUntilSeen(proxy);
    first.remove();
    ageVisit(proxy, DAY_MS);
    proxy.sessions = [
      ...proxy.sessions,
      buildCompletedSession('Cyd', 1),
      buildCompletedSession('Dan', 0.5),
      buildNamedSession('Eve', 'declined', 0.2),
    ];
    const second = await mountScripted(proxy);
    await waitForText(second, '2 new results. 1 assessment ended early.');
    assert.deepEqual(listNewRows(second), ['Eve', 'Dan', 'Cyd']);
  });

  it('stay while the recruiter opens a candidate and comes back, and disappear after a longer absence', async () => {
    const proxy = createProxy(buildCompletedSession('Ann', 2));
    await waitForText(await mountScripted(proxy), 'No new results.');
    await waitUntilSeen(proxy);
    ageVisit(proxy, DAY_MS);
    proxy.sessions = [...proxy.sessions, buildCompletedSession('Bob', 0.1)];
    const visit = await mountScripted(proxy);
    await waitForText(visit, '1 new result');
    await waitFor(() => readVisit(proxy).upTo > daysAgo(1));
    assert.deepEqual(listNewRows(visit), ['Bob'], 'still new after it was seen');
    visit.remove();
    // A visit continues after an absence of up to 10 minutes.
    ageVisit(proxy, 5 * 60_000);
    const returned = await mountScripted(proxy);
    await waitForText(returned, '1 new result');
    returned.remove();
    ageVisit(proxy, 11 * 60_000);
    const next = await mountScripted(proxy);
    await waitForText(next, 'No new results.');
    assert.deepEqual(listNewRows(next), []);
  });

  it('stay until the inbox has been visible on the screen', async () => {
    const [proxyBelow, proxyAbove] = [
      createProxy(buildCompletedSession('Ann', 2)),
      createProxy(buildCompletedSession('Bob', 2)),
    ];
    const below = await mountScripted(proxyBelow);
    below.style.marginTop = '300vh';
    await waitForPaint();
    const above = await mountScripted(proxyAbove);
    document.body.prepend(above);
    await waitForText(below, 'Ann');
    await waitUntilSeen(proxyAbove);
    assert.isNull(readVisit(proxyBelow));
    below.scrollIntoView();
    await waitUntilSeen(proxyBelow);
    scrollTo(0, 0);
  });

  it('disappear when the recruiter has seen the inbox in another tab', async () => {
    const proxy = createProxy(buildCompletedSession('Ann', 2), buildCompletedSession('Bob', 1));
    const since = daysAgo(1.5);
    localStorage.setItem(getVisitKey(proxy), JSON.stringify({ since, upTo: since, at: Date.now() }));
    const inbox = await mountScripted(proxy);
    await waitForText(inbox, '1 new result');
    const key = getVisitKey(proxy);
    localStorage.setItem(key, JSON.stringify({ since: daysAgo(0.5), upTo: daysAgo(0.5), at: Date.now() }));
    dispatchEvent(new StorageEvent('storage', { key }));
    await waitForText(inbox, 'No new results.');
  });

  it('last until the page closes if the browser blocks storage', async () => {
    const { getItem, setItem } = Storage.prototype;
    const refuse = () => {
      throw new DOMException('no', 'SecurityError');
    };
    Storage.prototype.getItem = refuse;
    Storage.prototype.setItem = refuse;
    try {
      const proxy = createProxy(buildCompletedSession('Ann', 2));
      const inbox = await mountScripted(proxy);
      await waitForText(inbox, 'No new results.');
      (await proxy.waitForStream()).sendEvent('e.2', 'session', buildCompletedSession('Bob', 0));
      await waitForText(inbox, '1 new result.');
    } finally {
      Object.assign(Storage.prototype, { getItem, setItem });
    }
  });

  it('store no personal data in the browser', async () => {
    const proxy = createProxy(buildCompletedSession('Ann', 2));
    await mountScripted(proxy);
    await waitUntilSeen(proxy);
    assert.hasAllKeys(readVisit(proxy), ['since', 'upTo', 'at']);
    assert.notMatch(localStorage.getItem(getVisitKey(proxy)) ?? '', /ann|example|sess/i);
  });

  it('do not mark a seen result again after another event', async () => {
    const proxy = createProxy(buildCompletedSession('Ann', 2));
    const since = daysAgo(1);
    localStorage.setItem(getVisitKey(proxy), JSON.stringify({ since, upTo: since, at: Date.now() }));
    const inbox = await mountScripted(proxy);
    await waitForText(inbox, 'Ann');
    (await proxy.waitForStream()).sendEvent('e.2', 'session', {
      ...buildCompletedSession('Ann', 0),
      completed_at: daysAgo(2),
      last_event: 'session.archived',
    });
    proxy.lastStream.sendEvent('e.3', 'session', buildNamedSession('Bob', 'declined', 0));
    await waitForText(inbox, '1 assessment ended early.');
    assert.deepEqual(listNewRows(inbox), ['Bob']);
  });
});

describe('the columns of <evalon-inbox>', () => {
  const SELECTORS = ['[part=candidate]', '[part=assessment]', '[part=status]', '[part=time]'];
  const readStarts = (inbox: Element) =>
    listRows(inbox).map((row) =>
      SELECTORS.map((selector) => Math.round(row.querySelector(selector)?.getBoundingClientRect().left ?? -1)),
    );

  for (const width of [900, 420, 280]) {
    it(`align in both lists at ${width} px, without overflow`, async () => {
      const inbox = await mountScripted(
        createProxy(
          buildCompletedSession('Ann', 1),
          buildNamedSession('Bartholomew Longname', 'declined', 2),
          buildNamedSession('Cyd', 'opened', 8),
          buildNamedSession('Dan', 'scoring', 9),
        ),
      );
      inbox.style.width = `${width}px`;
      await waitForRow(inbox, 'Dan');
      await waitForPaint();
      const [first, ...others] = readStarts(inbox);
      // Below 400 px, the last cell (the time) is aligned at its end.
      const cellsWithAlignedStart = width < 400 ? SELECTORS.slice(0, 3) : SELECTORS;
      const alignedCount = cellsWithAlignedStart.length;
      for (const starts of others) assert.deepEqual(starts.slice(0, alignedCount), first?.slice(0, alignedCount));
      const { right } = findInShadow(inbox, '.lists').getBoundingClientRect();
      for (const cell of inbox.shadowRoot?.querySelectorAll('.lists span, .lists button') ?? []) {
        assert.isAtMost(cell.getBoundingClientRect().right, right + 0.5);
      }
      // In two columns, the assessment is below the candidate.
      const columns = new Set(first);
      assert.equal(columns.size, { 900: 4, 420: 2, 280: 2 }[width]);
    });
  }
});

describe('an empty <evalon-inbox>', () => {
  it('is a card with the same title as a full one, without headings of lists', async () => {
    const inbox = await mountScripted(createProxy());
    await waitForText(inbox, 'Results from candidates you invite will appear here.');
    assert.isNull(inbox.shadowRoot?.querySelector('h3, ul, input'));
    const full = await mountScripted(createProxy(buildCompletedSession('Ann', 1)));
    await waitForRow(full, 'Ann');
    const readTitle = (element: Element) => {
      const title = findInShadow(element, '.card > [part=header] h2');
      const { left, height } = title.getBoundingClientRect();
      return [left - element.getBoundingClientRect().left, height, getComputedStyle(title).fontSize];
    };
    assert.deepEqual(readTitle(inbox), readTitle(full));
  });
});

describe('the search of <evalon-inbox>', () => {
  const NAMES = ['Ann Sample', 'Bob Sample', 'Cyd', 'Dan', 'Eve'];

  async function search(inbox: EvalonElement, query: string): Promise<void> {
    const input = findInShadow<HTMLInputElement>(inbox, '[part=search]');
    input.value = query;
    input.dispatchEvent(new Event('input'));
    await inbox.updateComplete;
  }

  it('finds the beginning of a word of the name or of the email, in both lists', async () => {
    const inbox = await mountScripted(
      createProxy(
        ...NAMES.map((name, n) => buildCompletedSession(name, n + 1)),
        buildNamedSession('Sam', 'opened', 8, { candidate_email: 'dana@example.com' }),
      ),
    );
    await waitForRow(inbox, 'Sam');
    const findIds = async (query: string) => {
      await search(inbox, query);
      return listRows(inbox).map(({ id }) => id);
    };
    assert.deepEqual(await findIds('sam'), ['Ann Sample', 'Bob Sample', 'Sam']);
    assert.deepEqual(await findIds(' ANN s'), ['Ann Sample']);
    assert.deepEqual(await findIds('dan'), ['Dan', 'Sam']);
    assert.deepEqual(await findIds('ample'), []);
    await waitForText(inbox, 'No candidate in your inbox matches ample.');
    assert.lengthOf(await findIds(''), 6);
  });

  it('finds candidates that the inbox has not loaded, and forgets them after the search', async () => {
    const proxy = createProxy(
      ...Array.from({ length: 60 }, (_, n) => buildCompletedSession(`Candidate ${n}`, n + 1)),
      buildCompletedSession('José Sample', 90),
    );
    const inbox = await mountScripted(proxy);
    await waitForRow(inbox, 'Candidate 0');
    await search(inbox, 'jose');
    await waitForRow(inbox, 'José Sample');
    assert.equal(proxy.requestsTo('/v1/sessions/query').at(-1)?.body.filter.q, 'jose');
    await search(inbox, '');
    await waitForRow(inbox, 'Candidate 0');
    assert.notInclude(
      listRows(inbox).map(({ id }) => id),
      'José Sample',
    );
  });

  it('is absent while the inbox has few rows', async () => {
    const inbox = await mountScripted(createProxy(buildCompletedSession('Ann', 1)));
    await waitForRow(inbox, 'Ann');
    assert.isNull(inbox.shadowRoot?.querySelector('[part=search]'));
  });
});

describe('a reminder in <evalon-inbox>', () => {
  const listRemindButtons = (inbox: Element) => [...(inbox.shadowRoot?.querySelectorAll('[part=remind-button]') ?? [])];
  const buildReminder = (daysOld: number) => ({
    handed_over: { at: daysAgo(daysOld), by: { id: 'r2', name: 'Kim' }, kind: 'reminder', channel: 'message' },
  });

  it('is copied in the row, which then shows when it was sent and by which recruiter', async () => {
    const proxy = createProxy(buildNamedSession('Bob', 'opened', 8));
    proxy.clientConfig = { ...proxy.clientConfig, recruiter: 'Lee', reminder_message: 'Hi {first_name}: {link}' };
    const inbox = await mountScripted(proxy);
    const button = await waitFor(() => findButton(inbox, 'Remind: Bob'));
    assert.equal(button.ariaExpanded, 'false');
    button.click();
    assert.match(await copyWith(inbox, 'Copy reminder'), /^Hi Bob: https/);
    assert.equal(button.ariaExpanded, 'true');
    await waitForText(inbox, 'Reminder copied by Lee');
    const [request] = proxy.requestsTo('/v1/sessions/Bob/handovers');
    assert.deepInclude(request?.body, { kind: 'reminder', channel: 'message' });
    assert.lengthOf(listRemindButtons(inbox), 0);
  });

  it('is an invite if no recruiter has copied the link, and the row then shows which recruiter copied it', async () => {
    const proxy = createProxy(buildNamedSession('Bob', 'invited', 8));
    proxy.clientConfig = { ...proxy.clientConfig, recruiter: 'Lee' };
    const inbox = await mountScripted(proxy);
    (await waitFor(() => findButton(inbox, 'Remind: Bob'))).click();
    await copyWith(inbox, 'Copy message');
    await waitForText(inbox, 'Link copied by Lee');
    assert.lengthOf(listRemindButtons(inbox), 0);
  });

  it('by a colleague is shown live, and is offered again after five days', async () => {
    const proxy = createProxy(
      buildNamedSession('Bob', 'opened', 8),
      buildNamedSession('Cyd', 'opened', 9, buildReminder(6)),
    );
    const inbox = await mountScripted(proxy);
    await waitFor(() => listRemindButtons(inbox).length === 2);
    (await proxy.waitForStream()).sendEvent('e.2', 'session', buildNamedSession('Bob', 'opened', 8, buildReminder(0)));
    await waitFor(() => listRemindButtons(inbox).length === 1);
    assert.include(readText(inbox), 'Reminder copied by Kim');
    assert.deepEqual(
      listRemindButtons(inbox).map(({ ariaLabel }) => ariaLabel),
      ['Remind: Cyd'],
    );
  });

  it('is not offered without the right to invite, or after the answers were submitted', async () => {
    const proxy = createProxy(
      // The proxy sends the link only to recruiters with the right to invite.
      buildNamedSession('Bob', 'opened', 8, { candidate_url: undefined }),
      buildNamedSession('Cyd', 'scoring', 8),
    );
    const inbox = await mountScripted(proxy);
    await waitForRow(inbox, 'Cyd');
    assert.lengthOf(listRemindButtons(inbox), 0);
  });
});

describe('the pointer over <evalon-inbox>', () => {
  it('keeps every row in place until it leaves', async () => {
    const proxy = createProxy(
      buildCompletedSession('Ann', 1),
      buildCompletedSession('Bob', 2),
      buildNamedSession('Cyd', 'opened', 7),
    );
    const inbox = await mountScripted(proxy);
    await waitForRow(inbox, 'Cyd');
    const lists = findInShadow(inbox, '.lists');
    lists.dispatchEvent(new PointerEvent('pointerenter'));
    const readTops = () => listRows(inbox).map((row) => [row.id, row.getBoundingClientRect().top]);
    const topsBefore = readTops();
    const stream = await proxy.waitForStream();
    stream.sendEvent('e.2', 'session', buildCompletedSession('Dan', 0));
    stream.sendEvent('e.3', 'session', buildCompletedSession('Cyd', 0));
    stream.sendEvent('e.4', 'session', { ...buildCompletedSession('Bob', 0, 64), updated_at: MINUTES_AHEAD });
    await waitFor(() => listRows(inbox)[1]?.textContent?.includes('64'));
    assert.include((await waitForRow(inbox, 'Cyd')).textContent ?? '', 'Completed');
    assert.deepEqual(readTops(), topsBefore);
    lists.dispatchEvent(new PointerEvent('pointerleave'));
    await waitFor(() => listRows(inbox).length === 4);
    assert.equal(listRows(inbox)[0]?.id, 'Bob');
  });
});

describe('the focus in <evalon-inbox>', () => {
  async function focusOn(inbox: EvalonElement, name: string): Promise<HTMLElement> {
    const row = await waitForRow(inbox, name);
    row.focus();
    assert.equal(getFocused(inbox), row);
    return row;
  }

  it('stays on its candidate while rows are added and move', async () => {
    const proxy = createProxy(
      buildCompletedSession('Ann', 1),
      buildCompletedSession('Bob', 2),
      buildNamedSession('Cyd', 'opened', 7),
    );
    const inbox = await mountScripted(proxy);
    const bob = await focusOn(inbox, 'Bob');
    const listIds = () => listRows(inbox).map(({ id }) => id);
    (await proxy.waitForStream()).sendEvent('e.2', 'session', buildCompletedSession('Dan', 0));
    await waitFor(() => listIds()[0] === 'Dan');
    assert.equal(getFocused(inbox), bob, 'the same button');
    proxy.lastStream.sendEvent('e.3', 'session', { ...buildCompletedSession('Bob', 0), updated_at: MINUTES_AHEAD });
    await waitFor(() => listIds()[0] === 'Bob');
    assert.equal(getFocused(inbox)?.id, 'Bob');
    await focusOn(inbox, 'Cyd');
    proxy.lastStream.sendEvent('e.4', 'session', { ...buildCompletedSession('Cyd', 0), updated_at: FURTHER_AHEAD });
    await waitFor(() => listIds()[0] === 'Cyd');
    assert.equal(getFocused(inbox)?.id, 'Cyd', 'also in the other list');
  });

  it('moves to the next row when its candidate is erased, and to the headline when the last candidate is erased', async () => {
    const proxy = createProxy(buildCompletedSession('Ann', 1), buildCompletedSession('Bob', 2));
    const inbox = await mountScripted(proxy);
    await focusOn(inbox, 'Ann');
    (await proxy.waitForStream()).sendEvent('e.2', 'gone', { session_uuid: 'Ann' });
    await waitFor(() => getFocused(inbox)?.id === 'Bob');
    assert.notInclude(readText(inbox), 'Ann');
    proxy.lastStream.sendEvent('e.3', 'gone', { session_uuid: 'Bob' });
    await waitFor(() => getFocused(inbox)?.getAttribute('part') === 'headline');
  });

  it('does not return to the inbox after the recruiter has left it', async () => {
    const proxy = createProxy(buildCompletedSession('Ann', 1));
    const inbox = await mountScripted(proxy);
    (await focusOn(inbox, 'Ann')).blur();
    (await proxy.waitForStream()).sendEvent('e.2', 'session', buildCompletedSession('Bob', 0));
    await waitForRow(inbox, 'Bob');
    proxy.lastStream.sendEvent('e.3', 'gone', { session_uuid: 'Ann' });
    await waitFor(() => listRows(inbox).length === 1);
    assert.equal(document.activeElement, document.body);
  });

  it('stays on “Show more”, and moves to the first new row when there is no more to show', async () => {
    const proxy = createProxy(...Array.from({ length: 62 }, (_, n) => buildCompletedSession(`c${n}`, n + 1)));
    const inbox = await mountScripted(proxy);
    await waitFor(() => listRows(inbox).length === 10);
    const findMoreButton = () => findButton(inbox, 'Show more: Completed or ended');
    for (const count of [20, 30, 40, 50, 60]) {
      findMoreButton().focus();
      findMoreButton().click();
      await waitFor(() => listRows(inbox).length === count);
      assert.equal(getFocused(inbox), findMoreButton());
    }
    findMoreButton().click();
    await waitFor(() => listRows(inbox).length === 62);
    assert.equal(getFocused(inbox)?.id, 'c60');
    assert.lengthOf(inbox.shadowRoot?.querySelectorAll('[part=more-button]') ?? [], 0);
  });
});

describe('a failing <evalon-inbox>', () => {
  it('shows a skeleton, then the error, and retries on click', async () => {
    const proxy = createProxy(buildCompletedSession('Ann', 1));
    const response = Promise.withResolvers<Response>();
    proxy.override = ({ path }) => (path === '/v1/sessions/query' ? response.promise : undefined);
    const inbox = await mountScripted(proxy);
    const errors = collectEvents(inbox, 'evalon-error');
    assert.isNotNull(findInShadow(inbox, '.skeleton'));
    response.resolve(problemResponse(403, 'forbidden'));
    await waitForText(inbox, 'Detail from the proxy: forbidden.');
    assert.deepEqual(
      errors.map(({ code }) => code),
      ['forbidden'],
    );
    proxy.override = () => undefined;
    findButton(inbox, 'Retry').click();
    await waitForText(inbox, 'Ann');
  });

  it('shows that it is offline, and keeps its content', async () => {
    const proxy = createProxy(buildCompletedSession('Ann', 1));
    const inbox = await mountScripted(proxy);
    await waitForText(inbox, 'Ann');
    Object.defineProperty(navigator, 'onLine', { configurable: true, value: false });
    dispatchEvent(new Event('offline'));
    await waitForText(inbox, "You're offline.");
    assert.include(readText(inbox), 'Ann');
    Reflect.deleteProperty(navigator, 'onLine');
    dispatchEvent(new Event('online'));
    await waitFor(() => !readText(inbox).includes('offline'));
  });
});

describe('the stream of <evalon-inbox>', () => {
  it('closes when the page removes the inbox, and opens again when the page adds the inbox again', async () => {
    const proxy = createProxy(buildCompletedSession('Ann', 1));
    const inbox = await mountScripted(proxy);
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
    const networkFetch = window.fetch;
    window.fetch = proxy.fetch;
    document.body.append(inbox);
    await inbox.updateComplete;
    window.fetch = networkFetch;
    await waitFor(() => proxy.streams.length === 2);
    await waitForText(inbox, 'Ann');
  });

  it('closes for the back/forward cache, and opens again afterwards', async () => {
    const proxy = createProxy(buildCompletedSession('Ann', 1));
    const inbox = await mountScripted(proxy);
    await waitFor(() => proxy.streams.length === 1);
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    assert.isTrue(proxy.lastStream.isClosed);
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await waitFor(() => proxy.streams.length === 2);
    await waitForText(inbox, 'Ann');
  });
});
