import { assert } from 'chai';
import { Connection } from '../../../widget/sync/connection.ts';
import { settled, TestClock } from '../fake-clock.ts';
import {
  button,
  evalon,
  find,
  inviteElsewhere,
  listen,
  mount,
  mountAt,
  says,
  somebody,
  textOf,
  until,
} from '../fixture.ts';
import { ScriptedProxy, sessionOf, tokenOf } from '../scripted-proxy.ts';

const JANE = { 'candidate-email': 'jane@example.com', 'candidate-name': 'Jane Smith', 'project-id': 'p1' };
const EVENTS = '/v1/events';
const QUERY = '/v1/sessions/query';

/** Whose tokens opened the streams of this page. */
function watchStreams(): { tokens: Set<string | null>; stop: () => void } {
  const tokens = new Set<string | null>();
  const network = window.fetch;
  window.fetch = (input, init) => {
    if (String(input).endsWith(EVENTS)) tokens.add(new Headers(init?.headers).get('authorization'));
    return network(input, init);
  };
  return {
    tokens,
    stop: () => {
      window.fetch = network;
    },
  };
}

describe('two recruiters on one page', () => {
  for (const { rights, claims } of [
    {
      rights: 'each with a project of their own',
      claims: () => [{ projects: ['proj_abc123'] }, { projects: ['proj_other'] }],
    },
    {
      rights: 'each with a candidate of their own',
      claims: (people: Record<string, string>[]) => people.map((one) => ({ candidates: [one['candidate-email']] })),
    },
  ]) {
    it(`${rights}, share no stream and never see what is the other’s`, async () => {
      const people = [somebody(), somebody()];
      const sessions = await Promise.all([
        inviteElsewhere(people[0] ?? {}),
        inviteElsewhere(people[1] ?? {}, { project_id: 'proj_other' }),
      ]);
      const streams = watchStreams();
      // Both watch both.
      const views = claims(people).map((claim) =>
        people.map((person) => mount('evalon-assessments', person, { claims: claim })),
      );
      const told = views.map((own) => own.map((element) => listen(element, 'evalon-status')));
      try {
        await says(views[0]?.[0] as Element, 'Invited');
        await says(views[1]?.[1] as Element, 'Invited');
        for (const hidden of [views[0]?.[1], views[1]?.[0]]) {
          await until(() => /Not invited|no permission to see|Nothing is set up/.test(textOf(hidden as Element)));
        }
        await until(() => streams.tokens.size === 2);
      } finally {
        streams.stop();
      }
      for (const { session_uuid } of sessions) await evalon('event', { session_uuid, event: 'session.started' });
      await says(views[0]?.[0] as Element, 'Started');
      await says(views[1]?.[1] as Element, 'Started');
      assert.deepEqual(
        told.map((own) => own.map((events) => events.map(({ session }) => session.status))),
        [
          [['invited', 'started'], []],
          [[], ['invited', 'started']],
        ],
      );
      for (const hidden of [views[0]?.[1], views[1]?.[0]])
        assert.notMatch(textOf(hidden as Element), /Invited|Started/);
    });
  }
});

describe('another recruiter who signs in on an open page', () => {
  it('finds nothing of the one before: no result, no open section, no failure, no “was”', async () => {
    const proxy = new ScriptedProxy();
    const done = sessionOf('jane@example.com', { session_uuid: 's1', status: 'completed' });
    proxy.sessions = [
      { ...done, score_summary: { overall: 82, sections: [] } },
      sessionOf('jane@example.com', { session_uuid: 's2', project_id: 'p2', candidate_name: 'Only for the first' }),
    ];
    proxy.scorecard = {
      sections: [{ name: 'Planning', score: 80, questions: [{ title: 'Why?' }] }],
      narrative: 'Secret',
    };
    const panel = await mountAt(proxy, 'evalon-assessments', { ...JANE, 'project-id': '' });
    const card = await mountAt(proxy, 'evalon-scorecard', { 'session-uuid': 's1' });
    const told = listen(panel, 'evalon-status');
    for (const element of [panel, card]) {
      await says(element, 'Secret');
      find(element, 'summary').click();
    }
    const [oldDetails, before] = [find(panel, 'details'), told.length];

    proxy.viewer = 'viewer-2';
    proxy.sessions = [{ ...done, status: 'expired' }];
    proxy.offer = { ...proxy.offer, scope: ['read'], assessments: [] };
    proxy.stream.send('e.2', 'reset', {});
    await until(() => proxy.stream.closed);
    dispatchEvent(new Event('online'));
    await says(panel, 'Expired');
    await says(card, 'Expired');
    for (const element of [panel, card]) assert.notMatch(textOf(element), /Secret|82|Planning|Only for the first|Copy/);
    assert.isFalse(oldDetails.isConnected);
    assert.deepEqual(
      told.slice(before).map(({ session, previous }) => [session.session_uuid, session.status, previous]),
      [['s1', 'expired', undefined]],
    );
    assert.notInclude(document.querySelector('[role=status]')?.textContent ?? '', 'longer available');
  });

  it('does not get what the one before was still waiting for', async () => {
    const proxy = new ScriptedProxy();
    const panel = await mountAt(proxy, 'evalon-assessments', JANE);
    const invited = listen(panel, 'evalon-invited');
    const invite = await until(() => button(panel, 'Invite'));
    const answer = Promise.withResolvers<Response>();
    proxy.instead = ({ path }) => (path === '/v1/sessions' ? answer.promise : undefined);
    invite.click();
    await until(() => invite.getAttribute('aria-disabled') === 'true');
    proxy.viewer = 'viewer-2';
    proxy.stream.send('e.2', 'reset', {});
    await until(() => proxy.stream.closed);
    dispatchEvent(new Event('online'));
    const next = await until(() => {
      const now = button(panel, 'Invite');
      return now === invite ? undefined : now;
    });
    assert.equal(next.getAttribute('aria-disabled'), 'false');
    const queries = proxy.to(QUERY).length;
    answer.resolve(Response.json(sessionOf('jane@example.com'), { status: 201 }));
    await settled();
    assert.lengthOf(invited, 0);
    assert.include(textOf(panel), 'Not invited');
    assert.lengthOf(proxy.to(QUERY), queries);
  });
});

describe('a token that ends while the page is open', () => {
  /** A connection whose tokens last ten minutes, watched until just before the first is renewed. */
  async function renewing() {
    const proxy = new ScriptedProxy();
    const clock = new TestClock();
    let minted = 0;
    const source = async () => tokenOf({ sub: `t${++minted}`, exp: clock.now() / 1_000 + 600 });
    const connection = new Connection(proxy.url, source, clock, proxy.fetch);
    const shown: (string | undefined)[] = [];
    proxy.sessions = [sessionOf('jane@example.com')];
    connection.watch({ candidate_email: 'jane@example.com' }, () => {
      const status = connection.sessions({ candidate_email: 'jane@example.com' })?.[0]?.status;
      if (status !== shown.at(-1)) shown.push(status);
    });
    await settled();
    const old = proxy.stream;
    for (let n = 0; n < 18; n++) {
      await clock.advance(n < 17 ? 30_000 : 29_000);
      old.write(':\n\n');
    }
    await settled();
    return { proxy, clock, connection, old, shown, minted: () => minted };
  }
  const jane = (status: string) => sessionOf('jane@example.com', { status });

  it('is renewed 60 s before, and what happens between the streams is neither missed nor shown twice', async () => {
    const { proxy, clock, old, shown, minted } = await renewing();
    assert.equal(minted(), 1);
    const opened = Promise.withResolvers<void>();
    proxy.instead = async ({ path }) => {
      if (path === EVENTS) await opened.promise;
      return undefined as unknown as Response;
    };
    await clock.advance(1_000);
    assert.equal(minted(), 2);
    assert.lengthOf(proxy.to(EVENTS), 2);
    assert.isFalse(old.closed);
    old.send('e.2', 'session', jane('opened'));
    await settled();
    assert.deepEqual(shown, ['invited', 'opened']);
    opened.resolve();
    await settled();
    assert.isTrue(old.closed);
    assert.equal(proxy.stream.request.headers.get('last-event-id'), 'e.1');
    proxy.stream.send('e.2', 'session', jane('opened'));
    proxy.stream.send('e.3', 'session', jane('started'));
    await settled();
    assert.deepEqual(shown, ['invited', 'opened', 'started']);
  });

  it('keeps the old stream as long as the new one cannot be had, and is renewed once', async () => {
    const { proxy, clock, old, shown, minted } = await renewing();
    proxy.instead = ({ path }) => (path === EVENTS ? new Response('', { status: 503 }) : undefined);
    await clock.advance(1_000);
    assert.isFalse(old.closed);
    old.send('e.2', 'session', jane('opened'));
    await settled();
    assert.deepEqual(shown, ['invited', 'opened']);
    proxy.instead = () => undefined;
    await clock.advance(3_000);
    assert.isTrue(old.closed);
    assert.equal(minted(), 2);
    assert.isFalse(proxy.stream.closed);
  });
});
