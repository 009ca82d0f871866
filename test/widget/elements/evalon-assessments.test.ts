import { assert } from 'chai';
import type { EvalonAssessments } from '../../../widget/elements/evalon-assessments/evalon-assessments.ts';
import {
  answered,
  button,
  evalon,
  find,
  inviteElsewhere,
  listen,
  mount,
  mountAt,
  painted,
  says,
  somebody,
  textOf,
  until,
} from '../fixture.ts';
import { problem, ScriptedProxy, sessionOf } from '../scripted-proxy.ts';

const JANE = { 'candidate-email': 'jane@example.com', 'candidate-name': 'Jane Smith' };
const PROJECT = { 'project-id': 'proj_abc123' };

function panel(attributes: Record<string, string>, options = {}): EvalonAssessments {
  return mount('evalon-assessments', { ...PROJECT, ...attributes }, options) as EvalonAssessments;
}

const SHOWN = { opened: 'Opened', started: 'Started', submitted: 'Answers submitted', scoring: 'Scoring' };

describe('<evalon-assessments>', () => {
  it('reserves its place and names the candidate before anything is known', async () => {
    const person = somebody();
    const element = panel(person);
    await element.updateComplete;
    assert.include(textOf(element), person['candidate-name']);
    assert.include(textOf(element), person['candidate-email']);
    assert.isAbove(find(element, '.skeleton').clientHeight, 40);
  });

  it('invites with a click, keeps the focus while pending, and says what happened', async () => {
    const person = somebody();
    const element = panel(person);
    const invited = listen(element, 'evalon-invited');
    const invite = await until(() => button(element, `Invite ${person['candidate-name']} to Marketing`));
    assert.equal(invite.textContent?.trim(), 'Invite');
    await evalon('misbehave', { kind: 'create', fault: { fault: 'slow', ms: 150 }, times: 1 });
    invite.focus();
    invite.click();
    invite.click();
    await until(() => invite.getAttribute('aria-disabled') === 'true');
    assert.equal(element.shadowRoot?.activeElement, invite);
    assert.equal(button(element, `Invite ${person['candidate-name']} to Sales`).getAttribute('aria-disabled'), 'true');
    await says(element, 'Invited');
    await until(() => invited.length);
    assert.lengthOf(invited, 1);
    assert.isTrue(invited[0]?.created);
    assert.equal(invited[0]?.session.candidate_email, person['candidate-email']);
  });

  it('never says "sent" where the recruiter has to pass the link on', async () => {
    const person = somebody();
    const { candidate_url } = await inviteElsewhere(person);
    const element = panel(person);
    await says(element, `Nothing is mailed: pass the link on to ${person['candidate-name']}`);
    assert.notMatch(textOf(element), /\bsent\b/i);
    const mail = find<HTMLAnchorElement>(element, '[part=mail-link]');
    assert.include(mail.href, `mailto:${encodeURIComponent(person['candidate-email'])}`);
    assert.include(decodeURIComponent(mail.href), candidate_url);
  });

  it('shows each status as it is reported, and an event without a status as activity', async () => {
    const person = somebody();
    const { session_uuid } = await inviteElsewhere(person);
    const element = panel(person);
    const statuses = listen(element, 'evalon-status');
    await says(element, 'Invited');
    for (const [status, shown] of Object.entries(SHOWN)) {
      await evalon('event', { session_uuid, event: `session.${status}` });
      await says(element, shown);
    }
    await evalon('event', { session_uuid, event: 'session.paused_by_candidate' });
    await says(element, 'Latest activity: Paused by candidate');
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

  it('turns to the result by itself: overall, sections, questions that unfold, the narrative as text', async () => {
    const person = somebody();
    const { session_uuid } = await inviteElsewhere(person);
    const element = panel(person);
    const completed = listen(element, 'evalon-completed');
    await says(element, 'Invited');
    const narrative = 'First line\n<img src=x onerror="window.hacked=1"> second';
    await evalon('complete', { session_uuid, scorecard: { narrative_summary: narrative } });
    await says(element, 'Completed');
    await says(element, 'second');
    assert.equal(find(element, '.overall b').textContent, '82');
    assert.equal(find(element, '.narrative p').textContent, narrative);
    assert.isNull(element.shadowRoot?.querySelector('img'));
    const details = find<HTMLDetailsElement>(element, 'details');
    find(element, 'summary').click();
    assert.isTrue(details.open);
    await until(() => find(element, 'ol li').textContent?.trim());
    assert.match(find(element, '[part=bar]').getAttribute('aria-label') ?? '', /^\d+ of \d+$/);
    assert.lengthOf(completed, 1);
  });

  it('says "Checking result…" while a claimed completion is not confirmed', async () => {
    const person = somebody();
    const { session_uuid } = await inviteElsewhere(person);
    const element = panel(person);
    await says(element, 'Invited');
    await evalon('event', { session_uuid, event: 'session.completed' });
    await says(element, 'Checking result…');
    assert.notInclude(textOf(element), 'Completed');
  });

  it('announces a change once, in the page’s own tree, and not what was there before', async () => {
    const person = somebody();
    const { session_uuid } = await inviteElsewhere(person);
    const elements = [panel(person), mount('evalon-status', { ...person, ...PROJECT })];
    for (const element of elements) await says(element, 'Invited');
    const region = await until(() => document.querySelector('[role=status]'));
    assert.notInclude(region.textContent ?? '', person['candidate-name']);
    await evalon('event', { session_uuid, event: 'session.started' });
    await until(() => region.textContent?.includes(`${person['candidate-name']}, Marketing: Started`));
    assert.lengthOf(region.textContent?.match(/Started/g) ?? [], 1);
  });

  it('offers nothing else in a project that has a session, and says why', async () => {
    const person = somebody();
    await inviteElsewhere(person, { assessment_type: 'sales' });
    const element = panel(person);
    await says(element, 'Marketing cannot be added: a project has one assessment per person, here Sales');
    assert.lengthOf(element.shadowRoot?.querySelectorAll('[part=invite-button]') ?? [], 0);
  });

  it('tells of the assessment that Evalon already holds where another type was asked for', async () => {
    const person = somebody();
    const element = panel(person);
    const invite = await until(() => button(element, 'Invite'));
    await evalon('misbehave', {
      kind: 'create',
      fault: { fault: 'change', fields: { assessment_type: 'sales' } },
      times: 1,
    });
    invite.click();
    await says(element, 'cannot be added');
    assert.equal(find(element, '[part=label]').textContent, 'Sales');
    await says(element, 'Invited');
  });

  it('shows a failure as a sentence with a retry that works', async () => {
    const person = somebody();
    const element = panel(person);
    const errors = listen(element, 'evalon-error');
    const invite = await until(() => button(element, 'Invite'));
    await evalon('misbehave', { kind: 'create', fault: { fault: 'refuse', status: 400 }, times: 1 });
    invite.click();
    await until(() => invite.textContent?.trim() === 'Retry invite');
    assert.match(invite.getAttribute('aria-label') ?? '', /^Invite .*Retry invite$/);
    assert.equal(errors.length, 1);
    assert.include(find(element, '[part=problem]').textContent ?? '', errors[0]?.detail ?? '?');
    invite.click();
    await says(element, 'Invited');
    assert.isNull(element.shadowRoot?.querySelector('[part=problem]'));
  });

  it('gives a fault of the proxy or of Evalon a reference for IT, and no other', async () => {
    const proxy = new ScriptedProxy();
    const element = await mountAt(proxy, 'evalon-assessments', JANE);
    const errors = listen(element, 'evalon-error');
    proxy.instead = ({ path }) => (path === '/v1/sessions' ? problem(502, 'upstream_unavailable') : undefined);
    (await until(() => button(element, 'Invite'))).click();
    await says(element, 'Reference: id-in-the-log');
    proxy.instead = ({ path }) => (path === '/v1/sessions' ? problem(403, 'forbidden') : undefined);
    button(element, 'Invite').click();
    await says(element, 'Told by the proxy: forbidden.');
    assert.notInclude(textOf(element), 'Reference');
    assert.deepEqual(
      errors.map(({ reference }) => reference),
      ['id-in-the-log', undefined],
    );
  });

  for (const { delivered, link, part } of [
    { delivered: 'with a link to pass on', link: {}, part: 'copy-button' },
    { delivered: 'without a link', link: { candidate_url: undefined }, part: 'status' },
  ]) {
    it(`keeps the focus after an invite, ${delivered}: on what comes next, without scrolling`, async () => {
      const proxy = new ScriptedProxy();
      const space = document.createElement('div');
      space.setAttribute('data-test', '');
      space.style.height = '3000px';
      document.body.prepend(space);
      proxy.sessions = [sessionOf('jane@example.com', { session_uuid: 'other', project_id: 'p0' })];
      const element = await mountAt(proxy, 'evalon-assessments', JANE);
      const invite = await until(() => button(element, 'Invite'));
      invite.focus();
      scrollTo(0, 0);
      const session = sessionOf('jane@example.com', { ...link, candidate_email: 'jane@example.com' });
      proxy.instead = ({ path }) => (path === '/v1/sessions' ? Response.json(session, { status: 201 }) : undefined);
      invite.click();
      const focused = await until(() => element.shadowRoot?.activeElement?.closest(`[part=${part}]`));
      assert.equal(focused.closest('[part=assessment]')?.id, 'sess_jane@example.com');
      assert.equal(scrollY, 0);
    });
  }

  it('leaves the focus where the recruiter has taken it while an invite was under way', async () => {
    const proxy = new ScriptedProxy();
    const field = document.createElement('input');
    field.setAttribute('data-test', '');
    document.body.append(field);
    const element = await mountAt(proxy, 'evalon-assessments', JANE);
    const invited = listen(element, 'evalon-invited');
    const invite = await until(() => button(element, 'Invite'));
    invite.focus();
    invite.click();
    field.focus();
    await until(() => invited.length);
    await painted();
    assert.equal(document.activeElement, field);
  });

  it('says so where the proxy’s address is none', async () => {
    for (const proxyUrl of ['https://', 'http://[']) {
      const element = mount('evalon-assessments', JANE, { proxyUrl });
      const errors = listen(element, 'evalon-error');
      await says(element, '<evalon-assessments> needs a proxy-url that is an address.');
      assert.equal(errors[0]?.code, 'missing_attribute');
    }
  });

  it('drops everything of a candidate at once when the page goes to the next', async () => {
    const [first, second] = [somebody(), somebody()];
    const { session_uuid } = await inviteElsewhere(first);
    await evalon('complete', { session_uuid });
    const element = panel(first);
    await says(element, 'Completed');
    element.candidateEmail = second['candidate-email'];
    element.candidateName = second['candidate-name'];
    await element.updateComplete;
    assert.notInclude(textOf(element), 'Completed');
    assert.notInclude(textOf(element), first['candidate-name']);
    await until(() => button(element, `Invite ${second['candidate-name']}`));
  });

  it('does not show a late invite on the next candidate, but on its own when the page comes back', async () => {
    const [first, second] = [somebody(), somebody()];
    const element = panel(first);
    const invited = listen(element, 'evalon-invited');
    const invite = await until(() => button(element, 'Invite'));
    await evalon('misbehave', { kind: 'create', fault: { fault: 'slow', ms: 400 }, times: 1 });
    const before = answered('/v1/sessions');
    invite.click();
    element.candidateEmail = second['candidate-email'];
    element.candidateName = second['candidate-name'];
    const next = await until(() => button(element, `Invite ${second['candidate-name']}`));
    await until(() => answered('/v1/sessions') > before);
    await painted();
    assert.equal(next.getAttribute('aria-disabled'), 'false');
    assert.notInclude(textOf(element), 'Invited');
    assert.lengthOf(invited, 0);
    element.candidateEmail = first['candidate-email'];
    element.candidateName = first['candidate-name'];
    await says(element, 'Invited');
  });

  it('keeps no node of the previous candidate, so that a press that began on one cannot end on the other', async () => {
    const [first, second] = [somebody(), somebody()];
    const [element, other] = [panel(first), panel(second)];
    const pressed = await until(() => button(element, 'Invite'));
    await until(() => button(other, 'Invite'));
    element.candidateEmail = second['candidate-email'];
    element.candidateName = second['candidate-name'];
    await element.updateComplete;
    const next = await until(() => button(element, `Invite ${second['candidate-name']}`));
    assert.notEqual(next, pressed);
    assert.isFalse(pressed.isConnected);
  });

  it('takes whatever a page sets as a property, and shows nobody else meanwhile', async () => {
    const [first, second] = [somebody(), somebody()];
    const element = panel(first);
    await until(() => button(element, 'Invite'));
    Object.assign(element, {
      projectId: 42,
      candidateEmail: second['candidate-email'],
      candidateName: second['candidate-name'],
    });
    await says(element, second['candidate-name']);
    assert.notInclude(textOf(element), first['candidate-name']);
  });

  it('is hidden where its page hides it', async () => {
    const element = panel(somebody());
    await until(() => button(element, 'Invite'));
    document.body.style.visibility = 'hidden';
    try {
      assert.equal(getComputedStyle(button(element, 'Invite')).visibility, 'hidden');
    } finally {
      document.body.style.visibility = '';
    }
  });

  it('has no invite for who may only read', async () => {
    const person = somebody();
    const element = panel(person, { claims: { scope: 'read' } });
    await says(element, 'Not invited');
    assert.isNull(element.shadowRoot?.querySelector('button'));
  });

  it('tells a dead session as such, and honestly when a new invite brings it back', async () => {
    const person = somebody();
    const { session_uuid } = await inviteElsewhere(person);
    await evalon('event', { session_uuid, event: 'session.declined' });
    const element = panel(person);
    await says(element, 'Candidate declined');
    (await until(() => button(element, 'Invite'))).click();
    await says(element, 'remove this ended one first');
    assert.notInclude(textOf(element), 'Invited');
  });

  it('hints at a missing attribute, tells the page, and asks the proxy nothing', async () => {
    const element = mount('evalon-assessments', { 'candidate-email': 'jane@example.com' });
    const errors = listen(element, 'evalon-error');
    await says(element, '<evalon-assessments> needs candidate-name');
    assert.deepEqual(
      errors.map(({ code }) => code),
      ['missing_attribute'],
    );
    element.setAttribute('candidate-name', 'Jane');
    await until(() => !textOf(element).includes('needs'));
  });

  it('offers what the page names, with its own labels, and what cannot be placed is a hint', async () => {
    const person = somebody();
    const element = panel({ ...person, 'assessment-types': 'marketing:Campaigns, cold_calling@proj_other' });
    await until(() => button(element, `Invite ${person['candidate-name']} to Campaigns`));
    button(element, `Invite ${person['candidate-name']} to Cold calling`);
    element.removeAttribute('project-id');
    element.setAttribute('assessment-types', 'unknown');
    await says(element, 'needs a project-id for unknown');
  });

  it('shows a badge outside of production', async () => {
    const element = panel(somebody());
    await until(() => find(element, '[part=environment]').textContent === 'Test system, no real candidates: staging');
  });

  it('tells how old the shown is when the line is lost, and shows it all the same', async () => {
    const proxy = new ScriptedProxy();
    proxy.sessions = [sessionOf('jane@example.com')];
    proxy.instead = ({ path }) => (path === '/v1/events' ? problem(503, 'unavailable') : undefined);
    const element = await mountAt(proxy, 'evalon-assessments', JANE);
    await says(element, 'Invited');
    proxy.instead = ({ path }) => (path === '/v1/config' ? undefined : problem(503, 'unavailable'));
    await until(() => /Updated in the last 1 min/.test(textOf(element)));
    assert.include(textOf(element), 'Invited');
  });

  it('has a sentence and a retry when the proxy cannot be reached', async () => {
    const element = panel(somebody(), { proxyUrl: 'http://127.0.0.1:9' });
    const errors = listen(element, 'evalon-error');
    await says(element, 'Assessments cannot be reached');
    assert.equal(errors[0]?.code, 'unreachable');
    button(element, 'Retry').click();
  });
});
