import { assert } from 'chai';
import { flushPromises, WidgetTestClock } from '../fake-clock.ts';
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
  waitForText,
} from '../fixture.ts';
import { openConnection } from '../open-connection.ts';
import { buildSession, encodeUnsignedToken, ScriptedProxy } from '../scripted-proxy.ts';

const JANE = { 'candidate-email': 'jane@example.com', 'candidate-name': 'Jane Smith', 'project-id': 'p1' };
const EVENTS = '/v1/events';
const QUERY = '/v1/sessions/query';

/** Collects the tokens that open this page's streams. */
function watchStreams(): { tokens: Set<string | null>; stop: () => void } {
  const tokens = new Set<string | null>();
  const networkFetch = window.fetch;
  window.fetch = (input, init) => {
    if (String(input).endsWith(EVENTS)) tokens.add(new Headers(init?.headers).get('authorization'));
    return networkFetch(input, init);
  };
  return {
    tokens,
    stop: () => {
      window.fetch = networkFetch;
    },
  };
}

describe('two recruiters on one page', () => {
  for (const { rights, claims } of [
    {
      rights: 'with different projects',
      claims: () => [{ projects: ['proj_abc123'] }, { projects: ['proj_other'] }],
    },
    {
      rights: 'with different candidates',
      claims: (candidates: Record<string, string>[]) =>
        candidates.map((candidate) => ({ candidates: [candidate['candidate-email']] })),
    },
  ]) {
    it(`${rights} share no stream and never see each other’s data`, async () => {
      const candidates = [createCandidate(), createCandidate()];
      const sessions = await Promise.all([
        inviteViaApi(candidates[0] ?? {}),
        inviteViaApi(candidates[1] ?? {}, { project_id: 'proj_other' }),
      ]);
      const streams = watchStreams();
      // Each recruiter watches both candidates: `views[recruiter][candidate]`.
      const views = claims(candidates).map((claim) =>
        candidates.map((candidate) => mount('evalon-assessments', candidate, { claims: claim })),
      );
      const events = views.map((elements) => elements.map((element) => collectEvents(element, 'evalon-status')));
      try {
        await waitForText(views[0]?.[0] as Element, 'Invited');
        await waitForText(views[1]?.[1] as Element, 'Invited');
        for (const hidden of [views[0]?.[1], views[1]?.[0]]) {
          await waitFor(() =>
            /Not invited|Choose one|permission to see|No assessments are set up/.test(readText(hidden as Element)),
          );
        }
        await waitFor(() => streams.tokens.size === 2);
      } finally {
        streams.stop();
      }
      for (const { session_uuid } of sessions) await controlEvalon('event', { session_uuid, event: 'session.started' });
      await waitForText(views[0]?.[0] as Element, 'Started');
      await waitForText(views[1]?.[1] as Element, 'Started');
      assert.deepEqual(
        events.map((lists) => lists.map((list) => list.map(({ session }) => session.status))),
        [
          [['invited', 'started'], []],
          [[], ['invited', 'started']],
        ],
      );
      for (const hidden of [views[0]?.[1], views[1]?.[0]])
        assert.notMatch(readText(hidden as Element), /Invited|Started/);
    });
  }
});

describe('another recruiter who signs in on an open page', () => {
  it('sees no result, open section or status of the previous recruiter', async () => {
    const proxy = new ScriptedProxy();
    const completed = buildSession('jane@example.com', { session_uuid: 's1', status: 'completed' });
    proxy.sessions = [
      { ...completed, score_summary: { overall: 82, sections: [] } },
      buildSession('jane@example.com', { session_uuid: 's2', project_id: 'p2', candidate_name: 'Only for the first' }),
    ];
    proxy.scorecard = {
      sections: [{ name: 'Planning', score: 80, questions: [{ title: 'Why?' }] }],
      narrative: 'Secret',
    };
    const panel = await mountWithProxy(proxy, 'evalon-assessments', { ...JANE, 'project-id': '' });
    const card = await mountWithProxy(proxy, 'evalon-scorecard', { 'session-uuid': 's1' });
    const events = collectEvents(panel, 'evalon-status');
    for (const element of [panel, card]) {
      await waitForText(element, 'Secret');
      findInShadow(element, 'summary').click();
    }
    const oldDetails = findInShadow(panel, 'details');
    const oldEventCount = events.length;

    const stream = await proxy.waitForStream();
    proxy.viewer = 'viewer-2';
    proxy.sessions = [{ ...completed, status: 'expired' }];
    proxy.clientConfig = { ...proxy.clientConfig, scope: ['read'], assessments: [] };
    stream.sendEvent('e.2', 'reset', {});
    await waitFor(() => stream.isClosed);
    dispatchEvent(new Event('online'));
    await waitForText(panel, 'Expired');
    await waitForText(card, 'Expired');
    for (const element of [panel, card])
      assert.notMatch(readText(element), /Secret|82|Planning|Only for the first|Copy/);
    assert.isFalse(oldDetails.isConnected);
    assert.deepEqual(
      events.slice(oldEventCount).map(({ session, previous }) => [session.session_uuid, session.status, previous]),
      [['s1', 'expired', undefined]],
    );
    assert.notInclude(document.querySelector('[role=status]')?.textContent ?? '', 'erased');
  });

  it('does not receive the response to the previous recruiter’s invite', async () => {
    const proxy = new ScriptedProxy();
    const panel = await mountWithProxy(proxy, 'evalon-assessments', JANE);
    const invited = collectEvents(panel, 'evalon-invited');
    const invite = await waitFor(() => findButton(panel, 'Invite'));
    const response = Promise.withResolvers<Response>();
    proxy.override = ({ path }) => (path === '/v1/sessions' ? response.promise : undefined);
    invite.click();
    await waitFor(() => invite.getAttribute('aria-disabled') === 'true');
    const stream = await proxy.waitForStream();
    proxy.viewer = 'viewer-2';
    stream.sendEvent('e.2', 'reset', {});
    await waitFor(() => stream.isClosed);
    dispatchEvent(new Event('online'));
    const newInvite = await waitFor(() => {
      const current = findButton(panel, 'Invite');
      return current === invite ? undefined : current;
    });
    assert.equal(newInvite.getAttribute('aria-disabled'), 'false');
    const queries = proxy.requestsTo(QUERY).length;
    response.resolve(Response.json(buildSession('jane@example.com'), { status: 201 }));
    await flushPromises();
    assert.lengthOf(invited, 0);
    assert.include(readText(panel), 'Not invited');
    assert.lengthOf(proxy.requestsTo(QUERY), queries);
  });
});

describe('a token that expires while the page is open', () => {
  /** Opens a connection with tokens of ten minutes, and advances the clock until just before the first renewal. */
  async function openBeforeRenewal() {
    const proxy = new ScriptedProxy();
    const clock = new WidgetTestClock();
    let mintedCount = 0;
    const getToken = async () => encodeUnsignedToken({ sub: `t${++mintedCount}`, exp: clock.now() / 1_000 + 600 });
    const connection = openConnection(proxy, clock, getToken);
    const shownStatuses: (string | undefined)[] = [];
    proxy.sessions = [buildSession('jane@example.com')];
    connection.watch({ candidate_email: 'jane@example.com' }, () => {
      const status = connection.getSessions({ candidate_email: 'jane@example.com' })?.[0]?.status;
      if (status !== shownStatuses.at(-1)) shownStatuses.push(status);
    });
    await flushPromises();
    const oldStream = proxy.lastStream;
    // 539 s. The comments from the proxy keep the stream open.
    for (let n = 0; n < 18; n++) {
      await clock.advance(n < 17 ? 30_000 : 29_000);
      oldStream.write(':\n\n');
    }
    await flushPromises();
    return { proxy, clock, connection, oldStream, shownStatuses, countMinted: () => mintedCount };
  }
  const buildJane = (status: string) => buildSession('jane@example.com', { status });

  it('is renewed 60 s before it expires, and no event is missed or shown twice', async () => {
    const { proxy, clock, oldStream, shownStatuses, countMinted } = await openBeforeRenewal();
    assert.equal(countMinted(), 1);
    const opened = Promise.withResolvers<void>();
    proxy.override = async ({ path }) => {
      if (path === EVENTS) await opened.promise;
      return undefined;
    };
    await clock.advance(1_000);
    assert.equal(countMinted(), 2);
    assert.lengthOf(proxy.requestsTo(EVENTS), 2);
    assert.isFalse(oldStream.isClosed);
    oldStream.sendEvent('e.2', 'session', buildJane('opened'));
    await flushPromises();
    assert.deepEqual(shownStatuses, ['invited', 'opened']);
    opened.resolve();
    await flushPromises();
    assert.isTrue(oldStream.isClosed);
    assert.equal((await proxy.waitForStream()).request.headers.get('last-event-id'), 'e.1');
    proxy.lastStream.sendEvent('e.2', 'session', buildJane('opened'));
    proxy.lastStream.sendEvent('e.3', 'session', buildJane('started'));
    await flushPromises();
    assert.deepEqual(shownStatuses, ['invited', 'opened', 'started']);
  });

  it('keeps its stream until the new stream opens, and is renewed once', async () => {
    const { proxy, clock, oldStream, shownStatuses, countMinted } = await openBeforeRenewal();
    proxy.override = ({ path }) => (path === EVENTS ? new Response('', { status: 503 }) : undefined);
    await clock.advance(1_000);
    assert.isFalse(oldStream.isClosed);
    oldStream.sendEvent('e.2', 'session', buildJane('opened'));
    await flushPromises();
    assert.deepEqual(shownStatuses, ['invited', 'opened']);
    proxy.override = () => undefined;
    await clock.advance(3_000);
    assert.isTrue(oldStream.isClosed);
    assert.equal(countMinted(), 2);
    assert.isFalse(proxy.lastStream.isClosed);
  });
});
