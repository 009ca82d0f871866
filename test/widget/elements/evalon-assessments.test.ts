import { assert } from 'chai';
import type EvalonAssessments from '../../../widget/elements/evalon-assessments/evalon-assessments.ts';
import {
  collectEvents,
  controlEvalon,
  countResponses,
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

const JANE = { 'candidate-email': 'jane@example.com', 'candidate-name': 'Jane Smith' };
const PROJECT = { 'project-id': 'proj_abc123' };
/** No server listens on the discard port. */
const UNREACHABLE_URL = 'http://127.0.0.1:9';

function mountPanel(attributes: Record<string, string>, options = {}): EvalonAssessments {
  return mount('evalon-assessments', { ...PROJECT, ...attributes }, options) as EvalonAssessments;
}

const STATUS_LABELS = { opened: 'Opened', started: 'Started', submitted: 'Answers submitted', scoring: 'Scoring' };

describe('<evalon-assessments>', () => {
  it('shows the candidate and a skeleton before the first response', async () => {
    const candidate = createCandidate();
    const element = mountPanel(candidate);
    await element.updateComplete;
    assert.include(readText(element), candidate['candidate-name']);
    assert.include(readText(element), candidate['candidate-email']);
    assert.isAbove(findInShadow(element, '.skeleton').clientHeight, 40);
  });

  it('invites on click, keeps the focus while pending, and shows the status', async () => {
    const candidate = createCandidate();
    const element = mountPanel(candidate);
    const invited = collectEvents(element, 'evalon-invited');
    const invite = await waitFor(() => findButton(element, `Invite ${candidate['candidate-name']} to Marketing`));
    assert.equal(invite.textContent?.trim(), 'Invite to Marketing');
    await controlEvalon('inject-fault', { kind: 'create', fault: { fault: 'slow', ms: 150 }, times: 1 });
    invite.focus();
    invite.click();
    invite.click();
    await waitFor(() => invite.getAttribute('aria-disabled') === 'true');
    assert.equal(element.shadowRoot?.activeElement, invite);
    await waitForText(element, 'Invited');
    await waitFor(() => invited.length);
    assert.lengthOf(invited, 1);
    assert.isTrue(invited[0]?.created);
    assert.equal(invited[0]?.session.candidate_email, candidate['candidate-email']);
  });

  it('never shows “sent” if the recruiter has to send the link', async () => {
    const candidate = createCandidate();
    const { candidate_url } = await inviteViaApi(candidate);
    const element = mountPanel(candidate);
    await waitForText(element, `${candidate['candidate-name']} hasn't been emailed. Send the link yourself:`);
    assert.notMatch(readText(element), /\bsent\b/i);
    const mail = findInShadow<HTMLAnchorElement>(element, '[part=mail-link]');
    assert.include(mail.href, `mailto:${encodeURIComponent(candidate['candidate-email'])}`);
    assert.include(decodeURIComponent(mail.href), candidate_url);
  });

  it('shows each reported status, and an event without a status as activity', async () => {
    const candidate = createCandidate();
    const { session_uuid } = await inviteViaApi(candidate);
    const element = mountPanel(candidate);
    const statuses = collectEvents(element, 'evalon-status');
    await waitForText(element, 'Invited');
    for (const [status, label] of Object.entries(STATUS_LABELS)) {
      await controlEvalon('event', { session_uuid, event: `session.${status}` });
      await waitForText(element, label);
    }
    await controlEvalon('event', { session_uuid, event: 'session.paused_by_candidate' });
    await waitForText(element, 'Latest activity: Paused by candidate');
    assert.deepEqual(
      statuses.map(({ session, previous }) => [previous, session.status]),
      [
        [undefined, 'invited'],
        ['invited', 'opened'],
        ['opened', 'started'],
        ['started', 'submitted'],
        ['submitted', 'scoring'],
      ],
    );
  });

  it('shows the result automatically: overall, sections, questions and summary', async () => {
    const candidate = createCandidate();
    const { session_uuid } = await inviteViaApi(candidate);
    const element = mountPanel(candidate);
    const completed = collectEvents(element, 'evalon-completed');
    await waitForText(element, 'Invited');
    const narrative = 'First line\n<img src=x onerror="window.hacked=1"> second';
    await controlEvalon('complete', { session_uuid, scorecard: { narrative_summary: narrative } });
    await waitForText(element, 'Completed');
    await waitForText(element, 'second');
    assert.equal(findInShadow(element, '.overall b').textContent, '82');
    assert.equal(findInShadow(element, '.narrative p').textContent, narrative);
    assert.isNull(element.shadowRoot?.querySelector('img'));
    const details = findInShadow<HTMLDetailsElement>(element, 'details');
    findInShadow(element, 'summary').click();
    assert.isTrue(details.open);
    await waitFor(() => findInShadow(element, 'ol li').textContent?.trim());
    assert.match(findInShadow(element, '[part=bar]').getAttribute('aria-label') ?? '', /^\d+ of \d+$/);
    assert.lengthOf(completed, 1);
  });

  it('shows “Checking result…” until the proxy confirms a completion', async () => {
    const candidate = createCandidate();
    const { session_uuid } = await inviteViaApi(candidate);
    const element = mountPanel(candidate);
    await waitForText(element, 'Invited');
    await controlEvalon('event', { session_uuid, event: 'session.completed' });
    await waitForText(element, 'Checking result…');
    assert.notInclude(readText(element), 'Completed');
  });

  it('announces a change once, outside its shadow root, and does not announce its first content', async () => {
    const candidate = createCandidate();
    const { session_uuid } = await inviteViaApi(candidate);
    const elements = [mountPanel(candidate), mount('evalon-status', { ...candidate, ...PROJECT })];
    for (const element of elements) await waitForText(element, 'Invited');
    const region = await waitFor(() => document.querySelector('[role=status]'));
    assert.notInclude(region.textContent ?? '', candidate['candidate-name']);
    await controlEvalon('event', { session_uuid, event: 'session.started' });
    await waitFor(() => region.textContent?.includes(`${candidate['candidate-name']}, Marketing: Started`));
    assert.lengthOf(region.textContent?.match(/Started/g) ?? [], 1);
  });

  it('offers no invite in a project that has a session, and shows the reason', async () => {
    const candidate = createCandidate();
    await inviteViaApi(candidate, { assessment_type: 'sales' });
    const element = mountPanel(candidate);
    await waitForText(element, `Only one assessment per project. ${candidate['candidate-name']} already has Sales.`);
    assert.lengthOf(element.shadowRoot?.querySelectorAll('[part=invite-button]') ?? [], 0);
  });

  it('shows the assessment that Evalon returns for an invite, if it is not the requested one', async () => {
    const candidate = createCandidate();
    const element = mountPanel(candidate);
    const invite = await waitFor(() => findButton(element, 'Invite'));
    await controlEvalon('inject-fault', {
      kind: 'create',
      fault: { fault: 'change', fields: { assessment_type: 'sales' } },
      times: 1,
    });
    invite.click();
    await waitForText(element, 'Only one assessment per project.');
    assert.equal(findInShadow(element, '[part=label]').textContent, 'Sales');
    await waitForText(element, 'Invited');
  });

  it('shows a failure as a sentence, and succeeds on a retry', async () => {
    const candidate = createCandidate();
    const element = mountPanel(candidate);
    const errors = collectEvents(element, 'evalon-error');
    const invite = await waitFor(() => findButton(element, 'Invite'));
    await controlEvalon('inject-fault', { kind: 'create', fault: { fault: 'refuse', status: 400 }, times: 1 });
    invite.click();
    await waitFor(() => invite.textContent?.trim() === 'Retry invite to Marketing');
    assert.match(invite.getAttribute('aria-label') ?? '', /^Invite .*Retry invite to Marketing$/);
    assert.equal(errors.length, 1);
    assert.include(findInShadow(element, '[part=problem]').textContent ?? '', errors[0]?.detail ?? '?');
    invite.click();
    await waitForText(element, 'Invited');
    assert.isNull(element.shadowRoot?.querySelector('[part=problem]'));
  });

  it('shows a reference for IT only if the fault is in the proxy or Evalon', async () => {
    const proxy = new ScriptedProxy();
    const element = await mountWithProxy(proxy, 'evalon-assessments', JANE);
    const errors = collectEvents(element, 'evalon-error');
    proxy.override = ({ path }) => (path === '/v1/sessions' ? problemResponse(502, 'upstream_unavailable') : undefined);
    (await waitFor(() => findButton(element, 'Invite'))).click();
    await waitForText(element, 'Reference: id-in-the-log');
    proxy.override = ({ path }) => (path === '/v1/sessions' ? problemResponse(403, 'forbidden') : undefined);
    findButton(element, 'Invite').click();
    await waitForText(element, 'Detail from the proxy: forbidden.');
    assert.notInclude(readText(element), 'Reference');
    assert.deepEqual(
      errors.map(({ reference }) => reference),
      ['id-in-the-log', undefined],
    );
  });

  for (const scope of [['read', 'invite'], ['read']]) {
    it(`shows that Evalon returned no usable link, with scope ${scope.join(' and ')}`, async () => {
      const proxy = new ScriptedProxy();
      proxy.clientConfig = { ...proxy.clientConfig, scope };
      proxy.sessions = [buildSession('jane@example.com', { candidate_url: undefined, link_problem: 'not_https' })];
      const element = await mountWithProxy(proxy, 'evalon-assessments', JANE);
      await waitForText(element, 'Evalon returned no usable link for the candidate.');
      assert.match(findInShadow(element, '[part=problem]').textContent ?? '', /contact IT\.$/i);
      assert.isNull(element.shadowRoot?.querySelector('[part=copy-button]'));
      assert.notInclude(readText(element), 'The result will appear here.');
      const inviteAgain = element.shadowRoot?.querySelector<HTMLButtonElement>('[part=invite-button]');
      assert.equal(Boolean(inviteAgain), scope.includes('invite'));
      if (!inviteAgain) return;
      proxy.override = ({ path }) =>
        path === '/v1/sessions'
          ? Response.json(buildSession('jane@example.com', { updated_at: '2026-01-10T10:00:01.000Z' }))
          : undefined;
      inviteAgain.click();
      await waitFor(() => element.shadowRoot?.querySelector('[part=copy-button]'));
      assert.isNull(element.shadowRoot?.querySelector('[part=problem]'));
    });
  }

  it('shows no problem with the link after the candidate has submitted the answers', async () => {
    const proxy = new ScriptedProxy();
    proxy.sessions = [
      buildSession('jane@example.com', { candidate_url: undefined, link_problem: 'missing', status: 'scoring' }),
    ];
    const element = await mountWithProxy(proxy, 'evalon-assessments', JANE);
    await waitForText(element, 'The result will appear here.');
    assert.isNull(element.shadowRoot?.querySelector('[part=problem]'));
  });

  it('shows a session that Evalon reopened for a new invite', async () => {
    const proxy = new ScriptedProxy();
    proxy.sessions = [buildSession('jane@example.com', { status: 'expired' })];
    const element = await mountWithProxy(proxy, 'evalon-assessments', JANE);
    const inviteAgain = await waitFor(() => findButton(element, 'Invite'));
    const reopened = buildSession('jane@example.com', { updated_at: '2026-01-10T10:00:01.000Z' });
    proxy.override = ({ path }) => (path === '/v1/sessions' ? Response.json(reopened) : undefined);
    inviteAgain.click();
    await waitFor(() => element.shadowRoot?.querySelector('[part=copy-button]'));
  });

  for (const { condition, link, part } of [
    { condition: 'with a link', link: {}, part: 'copy-button' },
    { condition: 'without a link', link: { candidate_url: undefined }, part: 'status' },
  ]) {
    it(`moves the focus to the ${part} after an invite ${condition}, without scrolling`, async () => {
      const proxy = new ScriptedProxy();
      const space = document.createElement('div');
      space.setAttribute('data-test', '');
      space.style.height = '3000px';
      document.body.prepend(space);
      // A session of another project, whose buttons must not receive the focus.
      proxy.sessions = [buildSession('jane@example.com', { session_uuid: 'other', project_id: 'p0' })];
      const element = await mountWithProxy(proxy, 'evalon-assessments', JANE);
      const invite = await waitFor(() => findButton(element, 'Invite'));
      invite.focus();
      scrollTo(0, 0);
      const session = buildSession('jane@example.com', link);
      proxy.override = ({ path }) => (path === '/v1/sessions' ? Response.json(session, { status: 201 }) : undefined);
      invite.click();
      const focused = await waitFor(() => element.shadowRoot?.activeElement?.closest(`[part=${part}]`));
      assert.equal(focused.closest('[part=assessment]')?.id, 'sess_jane@example.com');
      assert.equal(scrollY, 0);
    });
  }

  it('does not move the focus if the recruiter moved it during an invite', async () => {
    const proxy = new ScriptedProxy();
    const field = document.createElement('input');
    field.setAttribute('data-test', '');
    document.body.append(field);
    const element = await mountWithProxy(proxy, 'evalon-assessments', JANE);
    const invited = collectEvents(element, 'evalon-invited');
    const invite = await waitFor(() => findButton(element, 'Invite'));
    invite.focus();
    invite.click();
    field.focus();
    await waitFor(() => invited.length);
    await waitForPaint();
    assert.equal(document.activeElement, field);
  });

  it('reports an invalid proxy-url', async () => {
    for (const proxyUrl of ['https://', 'http://[']) {
      const element = mount('evalon-assessments', JANE, { proxyUrl });
      const errors = collectEvents(element, 'evalon-error');
      await waitForText(element, 'Contact IT: <evalon-assessments> needs a valid proxy-url.');
      assert.equal(errors[0]?.code, 'missing_attribute');
    }
  });

  it('removes all of a candidate’s data as soon as the page shows the next candidate', async () => {
    const [first, second] = [createCandidate(), createCandidate()];
    const { session_uuid } = await inviteViaApi(first);
    await controlEvalon('complete', { session_uuid });
    const element = mountPanel(first);
    await waitForText(element, 'Completed');
    element.candidateEmail = second['candidate-email'];
    element.candidateName = second['candidate-name'];
    await element.updateComplete;
    assert.notInclude(readText(element), 'Completed');
    assert.notInclude(readText(element), first['candidate-name']);
    await waitFor(() => findButton(element, `Invite ${second['candidate-name']}`));
  });

  it('shows a late response to an invite only for the invited candidate', async () => {
    const [first, second] = [createCandidate(), createCandidate()];
    const element = mountPanel(first);
    const invited = collectEvents(element, 'evalon-invited');
    const invite = await waitFor(() => findButton(element, 'Invite'));
    await controlEvalon('inject-fault', { kind: 'create', fault: { fault: 'slow', ms: 400 }, times: 1 });
    const responseCount = countResponses('/v1/sessions');
    invite.click();
    element.candidateEmail = second['candidate-email'];
    element.candidateName = second['candidate-name'];
    const nextInvite = await waitFor(() => findButton(element, `Invite ${second['candidate-name']}`));
    await waitFor(() => countResponses('/v1/sessions') > responseCount);
    await waitForPaint();
    assert.equal(nextInvite.getAttribute('aria-disabled'), 'false');
    assert.notInclude(readText(element), 'Invited');
    assert.lengthOf(invited, 0);
    element.candidateEmail = first['candidate-email'];
    element.candidateName = first['candidate-name'];
    await waitForText(element, 'Invited');
  });

  it('replaces every node for the next candidate, so that no click can start on one candidate and end on the other', async () => {
    const [first, second] = [createCandidate(), createCandidate()];
    // The second panel loads the second candidate, so that the first panel can show it without a request.
    const [element, other] = [mountPanel(first), mountPanel(second)];
    const pressed = await waitFor(() => findButton(element, 'Invite'));
    await waitFor(() => findButton(other, 'Invite'));
    element.candidateEmail = second['candidate-email'];
    element.candidateName = second['candidate-name'];
    await element.updateComplete;
    const nextInvite = await waitFor(() => findButton(element, `Invite ${second['candidate-name']}`));
    assert.notEqual(nextInvite, pressed);
    assert.isFalse(pressed.isConnected);
  });

  it('accepts a property of a wrong type and still changes the candidate', async () => {
    const [first, second] = [createCandidate(), createCandidate()];
    const element = mountPanel(first);
    await waitFor(() => findButton(element, 'Invite'));
    Object.assign(element, {
      projectId: 42,
      candidateEmail: second['candidate-email'],
      candidateName: second['candidate-name'],
    });
    await waitForText(element, second['candidate-name']);
    assert.notInclude(readText(element), first['candidate-name']);
  });

  it('is hidden if the page hides it', async () => {
    const element = mountPanel(createCandidate());
    await waitFor(() => findButton(element, 'Invite'));
    document.body.style.visibility = 'hidden';
    try {
      assert.equal(getComputedStyle(findButton(element, 'Invite')).visibility, 'hidden');
    } finally {
      document.body.style.visibility = '';
    }
  });

  it('shows no invite button to a recruiter with read access only', async () => {
    const candidate = createCandidate();
    const element = mountPanel(candidate, { claims: { scope: 'read' } });
    await waitForText(element, 'Not invited');
    assert.isNull(element.shadowRoot?.querySelector('button'));
  });

  it('shows an ended session, and reports that a new invite returned the same session', async () => {
    const candidate = createCandidate();
    const { session_uuid } = await inviteViaApi(candidate);
    await controlEvalon('event', { session_uuid, event: 'session.declined' });
    const element = mountPanel(candidate);
    await waitForText(element, 'Candidate declined');
    const invite = await waitFor(() => findButton(element, 'Invite'));
    invite.focus();
    invite.click();
    await waitForText(element, 'Evalon returned the same ended assessment instead of a new one.');
    assert.equal(findInShadow(element, '[part=status]').textContent?.trim(), 'Candidate declined');
    assert.isNull(element.shadowRoot?.querySelector('[part=invite-button]'));
    await waitFor(() => element.shadowRoot?.activeElement === findInShadow(element, '[part=status]'));
  });

  for (const [status, cause, action] of [
    ['expired', 'The link expired before the candidate completed the assessment.', 'Invite again for a new link.'],
    ['cancelled', 'The assessment was cancelled.', 'If the candidate should still take it, invite again.'],
    ['declined', 'The candidate declined the assessment.', 'Talk to them before you invite again.'],
    [
      'failed',
      "The assessment failed at Evalon. This isn't a verdict on the candidate.",
      'Invite again, or contact IT.',
    ],
  ] as const) {
    it(`shows why a session has ended, and what the recruiter can do: ${status}`, async () => {
      const proxy = new ScriptedProxy();
      proxy.sessions = [buildSession('jane@example.com', { status })];
      await waitForText(await mountWithProxy(proxy, 'evalon-assessments', JANE), `${cause} ${action}`);

      const readOnlyProxy = new ScriptedProxy();
      readOnlyProxy.sessions = proxy.sessions;
      readOnlyProxy.clientConfig = { ...readOnlyProxy.clientConfig, scope: ['read'] };
      const panel = await mountWithProxy(readOnlyProxy, 'evalon-assessments', JANE);
      await waitForText(panel, cause);
      assert.notInclude(readText(panel), action);
    });
  }

  it('shows “Only one assessment per project.” above the buttons of the candidate’s assessment', async () => {
    const proxy = new ScriptedProxy();
    const [marketing, sales] = ['marketing', 'sales'].map((type) => ({
      project_id: 'p1',
      assessment_type: type,
      label: type,
    }));
    proxy.clientConfig = { ...proxy.clientConfig, assessments: [marketing, sales] };
    proxy.sessions = [buildSession('jane@example.com')];
    const element = await mountWithProxy(proxy, 'evalon-assessments', JANE);
    await waitForText(element, 'Only one assessment per project.');
    assert.match(readText(element), /Only one assessment per project\..*Copy link/s);
  });

  for (const status of ['expired', 'cancelled', 'declined', 'failed']) {
    it(`offers only one new invite after ${status}, even after a reload, until the session changes`, async () => {
      const proxy = new ScriptedProxy();
      const session_uuid = `ended-${status}`;
      const ended = buildSession('jane@example.com', { session_uuid, status });
      proxy.sessions = [ended];
      proxy.override = ({ path }) => (path === '/v1/sessions' ? Response.json(ended) : undefined);
      const element = await mountWithProxy(proxy, 'evalon-assessments', JANE);
      (await waitFor(() => findButton(element, 'Invite'))).click();
      await waitForText(element, "Invite the candidate in another project, or contact Evalon's support.");
      assert.isNull(element.shadowRoot?.querySelector('[part=invite-button]'));
      assert.equal(sessionStorage.getItem(`evalon-ended ${session_uuid}`), ended['updated_at']);
      element.remove();

      const reloaded = await mountWithProxy(proxy, 'evalon-assessments', JANE);
      await waitForText(reloaded, 'Evalon returned the same ended assessment instead of a new one.');
      assert.isNull(reloaded.shadowRoot?.querySelector('[part=invite-button]'));
      const changed = { ...ended, updated_at: '2026-02-01T10:00:00.000Z' };
      (await proxy.waitForStream()).sendEvent('e.9', 'session', changed);
      await waitFor(() => findButton(reloaded, 'Invite'));
    });
  }

  it('reports a missing attribute to the recruiter and the page, and recovers when the attribute is set', async () => {
    const element = mount('evalon-assessments', { 'candidate-email': 'jane@example.com' });
    const errors = collectEvents(element, 'evalon-error');
    await waitForText(element, '<evalon-assessments> needs candidate-name');
    assert.deepEqual(
      errors.map(({ code }) => code),
      ['missing_attribute'],
    );
    element.setAttribute('candidate-name', 'Jane');
    await waitFor(() => !readText(element).includes('needs'));
  });

  it('offers the page’s assessments with their labels, and reports an assessment without a project', async () => {
    const candidate = createCandidate();
    const element = mountPanel({ ...candidate, 'assessment-types': 'marketing:Campaigns, sales@proj_other' });
    await waitFor(() => findButton(element, `Invite ${candidate['candidate-name']} to Campaigns`));
    findButton(element, `Invite ${candidate['candidate-name']} to Sales`);
    const proxy = new ScriptedProxy();
    const ambiguous = ['p1', 'p2'].map((project_id) => ({ project_id, assessment_type: 'sales', label: 'Sales' }));
    proxy.clientConfig = { ...proxy.clientConfig, assessments: ambiguous };
    const other = await mountWithProxy(proxy, 'evalon-assessments', { ...JANE, 'assessment-types': 'sales' });
    await waitForText(other, 'needs a project-id for sales');
  });

  it('does not offer an assessment that is not set up, and reports it to the page once', async () => {
    const element = mountPanel({ ...createCandidate(), 'assessment-types': 'marketing, typo' });
    const errors = collectEvents(element, 'evalon-error');
    await waitForText(element, 'needs known assessment types, not typo.');
    assert.lengthOf(element.shadowRoot?.querySelectorAll('[part=invite-button]') ?? [], 1);
    element.setAttribute('assessment-types', 'typo');
    await waitFor(() => !findInShadow(element, '[part=panel]').querySelector('[part=invite-button]'));
    assert.notInclude(readText(element), 'No assessments are set up');
    assert.deepEqual(
      errors.map(({ code, detail }) => [code, detail.includes('typo')]),
      [['missing_attribute', true]],
    );
  });

  it('shows the environment outside production', async () => {
    const element = mountPanel(createCandidate());
    await waitFor(() => findInShadow(element, '[part=environment]').textContent === 'Staging · test data');
  });

  it('keeps its content when the connection is lost, and shows when it was updated', async () => {
    const proxy = new ScriptedProxy();
    proxy.sessions = [buildSession('jane@example.com')];
    proxy.override = ({ path }) => (path === '/v1/events' ? problemResponse(503, 'unavailable') : undefined);
    const element = await mountWithProxy(proxy, 'evalon-assessments', JANE);
    await waitForText(element, 'Invited');
    proxy.override = ({ path }) => (path === '/v1/config' ? undefined : problemResponse(503, 'unavailable'));
    await waitFor(() => /Last updated less than a minute ago\./.test(readText(element)));
    assert.include(readText(element), 'Invited');
  });

  it('shows a sentence and a retry if the proxy is unreachable', async () => {
    const element = mountPanel(createCandidate(), { proxyUrl: UNREACHABLE_URL });
    const errors = collectEvents(element, 'evalon-error');
    await waitForText(element, "Can't reach the assessment server.");
    assert.equal(errors[0]?.code, 'unreachable');
    findButton(element, 'Retry');
  });
});
