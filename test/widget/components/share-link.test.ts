import { assert } from 'chai';
import type { EvalonElement } from '../../../widget/elements/base/evalon-element.ts';
import { copyWith, findButton, findInShadow, mountWithProxy, readText, waitFor, waitForText } from '../fixture.ts';
import { buildSession, problemResponse, ScriptedProxy } from '../scripted-proxy.ts';

const JANE = { 'candidate-email': 'jane@example.com', 'candidate-name': 'Jane Smith' };
const LINK = 'https://evalon.example/take/1';
const MESSAGE = { invite_subject: '{assessment} for {name}', invite_message: 'Dear {name},\n{assessment}: {link}' };

async function mountInvited({
  proxy = new ScriptedProxy(),
  config = {},
  session = {},
}: {
  proxy?: ScriptedProxy;
  config?: Record<string, unknown>;
  session?: Record<string, unknown>;
} = {}) {
  proxy.clientConfig = { ...proxy.clientConfig, ...MESSAGE, ...config };
  const now = new Date().toISOString();
  proxy.sessions = [buildSession('jane@example.com', { invited_at: now, updated_at: now, ...session })];
  const panel = await mountWithProxy(proxy, 'evalon-assessments', JANE);
  await waitFor(() => findInShadow(panel, '[part=share]'));
  return panel;
}

/** Parses the mail link as a mail program does. */
function readMail(panel: EvalonElement): { to: string; subject: string; body: string; hrefLength: number } {
  const { href } = findInShadow<HTMLAnchorElement>(panel, '[part=mail-link]');
  const [, to = '', query = ''] = /^mailto:([^?]*)\??(.*)$/.exec(href) ?? [];
  const fields = Object.fromEntries(query.split('&').map((field) => field.split('=').map(decodeURIComponent)));
  return { to: decodeURIComponent(to), subject: '', body: '', ...fields, hrefLength: href.length };
}

/** Runs a task while the browser refuses to copy. */
async function refuseCopyDuring(task: () => Promise<void>): Promise<void> {
  const clipboardProperty = Object.getOwnPropertyDescriptor(navigator, 'clipboard');
  const { execCommand } = Document.prototype;
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: undefined });
  Document.prototype.execCommand = () => false;
  try {
    await task();
  } finally {
    Document.prototype.execCommand = execCommand;
    if (clipboardProperty) Object.defineProperty(navigator, 'clipboard', clipboardProperty);
    else Reflect.deleteProperty(navigator, 'clipboard');
  }
}

describe('the candidate’s link', () => {
  it('is copied alone, or in IT’s message with the name and the assessment', async () => {
    const panel = await mountInvited();
    assert.equal(await copyWith(panel, 'Copy message'), `Dear Jane Smith,\nMarketing: ${LINK}`);
    assert.equal(await copyWith(panel, 'Copy link'), LINK);
  });

  it('is confirmed as copied by a button that keeps its width, and then shows its label again', async () => {
    const panel = await mountInvited();
    const button = findButton(panel, 'Copy message');
    const { width } = button.getBoundingClientRect();
    await copyWith(panel, 'Copy message');
    await waitFor(() => button.textContent === 'Copied');
    assert.closeTo(button.getBoundingClientRect().width, width, 1);
    await waitFor(() => document.querySelector('[role=status]')?.textContent?.includes('Copied'));
    await waitFor(() => button.textContent === 'Copy message');
  });

  it('is introduced by a sentence that continues on the last line of a long name', async () => {
    const panel = await mountInvited({ session: { candidate_name: 'Jane '.repeat(12).trim() } });
    panel.style.width = '280px';
    const name = findInShadow(panel, '[part=share] bdi');
    const rest = document.createRange();
    rest.selectNode(name.nextSibling as Text);
    assert.equal(rest.getClientRects()[0]?.top, [...name.getClientRects()].at(-1)?.top);
  });

  for (const name of [
    "O'Neill & Søn + 50 %",
    '$& $1 {link} {assessment}',
    '李 小龍 👩‍👩‍👧‍👦',
    'ליאת "Lia" #1?',
    'x=1&bcc=eve@example.com',
  ]) {
    it(`is correct in text and mail for a candidate called ${name}`, async () => {
      const panel = await mountInvited({ session: { candidate_name: name } });
      assert.equal(await copyWith(panel, 'Copy message'), `Dear ${name},\nMarketing: ${LINK}`);
      const { to, subject, body } = readMail(panel);
      assert.deepEqual(
        { to, subject, body },
        { to: 'jane@example.com', subject: `Marketing for ${name}`, body: `Dear ${name},\r\nMarketing: ${LINK}` },
      );
    });
  }

  it('can be mailed if the name has a lone surrogate', async () => {
    const panel = await mountInvited({ session: { candidate_name: 'Jane \ud83d' } });
    assert.equal(readMail(panel).subject, 'Marketing for Jane \ufffd');
  });

  it('is mailed without the message if the message is too long, and with the recipient alone if the subject is too long', async () => {
    const longMessage = await mountInvited({ config: { invite_message: `${'Very long. '.repeat(200)}{link}` } });
    assert.deepInclude(readMail(longMessage), {
      to: 'jane@example.com',
      subject: 'Marketing for Jane Smith',
      body: LINK,
    });
    const longSubject = await mountInvited({ config: { invite_subject: 'ä'.repeat(400) } });
    assert.deepInclude(readMail(longSubject), { to: 'jane@example.com', subject: '', body: '' });
    for (const panel of [longMessage, longSubject]) assert.isBelow(readMail(panel).hrefLength, 2_000);
    assert.include(await copyWith(longMessage, 'Copy message'), 'Very long.');
  });

  it('is copied alone if the proxy sends no message', async () => {
    const panel = await mountInvited({ config: { invite_message: undefined, invite_subject: undefined } });
    assert.equal(await copyWith(panel, 'Copy message'), LINK);
  });

  for (const [delivery, text, isPrimary] of [
    ['copy', "Jane Smith hasn't been emailed. Send the link yourself:", true],
    ['evalon', 'Evalon has sent the link to jane@example.com.', false],
    ['ats', "Jane Smith hasn't been emailed. Send the link yourself:", true],
  ] as const) {
    it(`comes with a sentence about the delivery “${delivery}”`, async () => {
      const panel = await mountInvited({ config: { delivery } });
      await waitForText(panel, text);
      assert.equal(findButton(panel, 'Copy message').classList.contains('primary'), isPrimary);
      assert.equal(/\bsent\b/i.test(readText(panel)), delivery === 'evalon');
    });
  }

  it('can still be copied after the candidate has opened it, but the panel no longer asks the recruiter to send it', async () => {
    const panel = await mountInvited({ session: { status: 'opened' } });
    await waitForText(panel, 'The result will appear here.');
    assert.notInclude(readText(panel), 'Send the link yourself');
    assert.isFalse(findButton(panel, 'Copy message').classList.contains('primary'));
  });

  it('has buttons whose labels contain the candidate’s name', async () => {
    const panel = await mountInvited();
    const names = [...(panel.shadowRoot?.querySelectorAll('button, a') ?? [])].map((control) =>
      control.getAttribute('aria-label'),
    );
    assert.deepEqual(names, ['Copy message: Jane Smith', 'Copy link: Jane Smith', 'Open in mail: Jane Smith']);
  });

  it('is recorded with an Idempotency-Key when it was copied or opened in mail', async () => {
    const proxy = new ScriptedProxy();
    const panel = await mountInvited({ proxy, config: { recruiter: 'Alex Miller' } });
    await copyWith(panel, 'Copy message');
    await waitForText(panel, 'Link copied by Alex Miller, ');
    assert.notInclude(readText(panel), "hasn't been emailed");
    await copyWith(panel, 'Copy link');
    assert.lengthOf(panel.shadowRoot?.querySelectorAll('.primary') ?? [], 0);
    const mail = findInShadow(panel, '[part=mail-link]');
    mail.addEventListener('click', (event) => event.preventDefault());
    mail.click();
    await waitForText(panel, 'Mail draft opened by Alex Miller, ');
    const requests = proxy.requestsTo('/v1/sessions/sess_jane%40example.com/handovers');
    assert.deepEqual(
      requests.map(({ body }) => body),
      ['message', 'link', 'mail'].map((channel) => ({ kind: 'invite', channel })),
    );
    assert.lengthOf(new Set(requests.map(({ headers }) => headers.get('idempotency-key'))), 3);
  });

  it('is shown live with the colleague who passed it on', async () => {
    const proxy = new ScriptedProxy();
    const panel = await mountInvited({ proxy });
    const stream = await proxy.waitForStream();
    const handed_over = {
      at: '2026-11-29T12:00:00.000Z',
      by: { id: 'b', name: 'Blake' },
      kind: 'invite',
      channel: 'link',
    };
    stream.sendEvent('e.2', 'session', { ...proxy.sessions[0], handed_over });
    await waitForText(panel, 'Link copied by Blake, Nov 29, 2026');
    stream.sendEvent('e.3', 'session', {
      ...proxy.sessions[0],
      handed_over: { ...handed_over, at: '2026-11-30T12:00:00.000Z', by: { id: 'recruiter-9' }, kind: 'reminder' },
    });
    await waitForText(panel, 'Reminder copied by recruiter-9, Nov 30, 2026');
    stream.sendEvent('e.4', 'session', {
      ...proxy.sessions[0],
      handed_over: { ...handed_over, at: '2026-12-01T12:00:00.000Z', by: {}, kind: 'reminder' },
    });
    await waitForText(panel, 'Reminder copied on Dec 1, 2026');
  });

  it('is copied before the handover is recorded, and a failure is shown next to it', async () => {
    const proxy = new ScriptedProxy();
    proxy.override = ({ path }) => (path.endsWith('/handovers') ? problemResponse(403, 'forbidden') : undefined);
    const panel = await mountInvited({ proxy });
    assert.equal(await copyWith(panel, 'Copy link'), LINK);
    await waitForText(panel, "Couldn't save this for your colleagues.");
    proxy.override = () => undefined;
    await copyWith(panel, 'Copy link');
    await waitForText(panel, 'Link copied by recruiter-1');
    assert.notInclude(readText(panel), "Couldn't save");
  });

  it('is not recorded if the browser refused to copy it', async () => {
    const proxy = new ScriptedProxy();
    const panel = await mountInvited({ proxy });
    await refuseCopyDuring(async () => {
      findButton(panel, 'Copy link').click();
      await waitFor(() => panel.shadowRoot?.querySelector('textarea'));
      assert.lengthOf(
        proxy.requests.filter(({ path }) => path.endsWith('/handovers')),
        0,
      );
    });
  });

  it('is shown once, as selected text, if the browser refuses to copy, and hidden after the next copy', async () => {
    const panel = await mountInvited();
    await refuseCopyDuring(async () => {
      for (const label of ['Copy message', 'Copy link']) {
        findButton(panel, label).click();
        const expected = label === 'Copy link' ? LINK : `Dear Jane Smith,\nMarketing: ${LINK}`;
        const field = await waitFor(() => {
          const found = panel.shadowRoot?.querySelector('textarea');
          return found?.value === expected ? found : undefined;
        });
        assert.equal(panel.shadowRoot?.activeElement, field);
        assert.isAtMost(field.scrollHeight, field.clientHeight, 'the text is cut off');
        assert.equal(field.value.slice(field.selectionStart, field.selectionEnd), expected);
        assert.include(field.labels[0]?.textContent ?? '', 'Copy this text');
      }
      assert.lengthOf(panel.shadowRoot?.querySelectorAll('textarea') ?? [], 1);
      Document.prototype.execCommand = () => true;
      const button = findButton(panel, 'Copy link');
      button.click();
      await waitFor(() => button.textContent === 'Copied');
      assert.isNull(panel.shadowRoot?.querySelector('textarea'));
      assert.equal(panel.shadowRoot?.activeElement, button);
    });
  });
});

describe('a reminder', () => {
  const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 60 * 60_000).toISOString();
  const handedOverDaysAgo = (days: number) => ({
    handed_over: { at: daysAgo(days), by: { id: 'a', name: 'Alex' }, kind: 'invite', channel: 'link' },
  });
  const config = { reminder_subject: 'Reminder', reminder_message: 'Still open, {first_name}: {link}' };
  const nineDaysOld = { invited_at: daysAgo(9), updated_at: daysAgo(9) };
  const readButtonNames = (panel: Element) =>
    [...(panel.shadowRoot?.querySelectorAll('[part=share] :is(button, a)') ?? [])].map((control) =>
      control.getAttribute('aria-label'),
    );

  for (const [occasion, session, isShown] of [
    ['after five days without activity', { ...nineDaysOld, ...handedOverDaysAgo(6) }, true],
    ['for a candidate who started and then stopped', { ...nineDaysOld, status: 'started' }, true],
    ['if the link was passed on within five days', { ...nineDaysOld, ...handedOverDaysAgo(4) }, false],
    [
      'if the candidate was active within five days',
      { ...nineDaysOld, updated_at: daysAgo(2), status: 'opened' },
      false,
    ],
  ] as const) {
    it(`is ${isShown ? '' : 'not '}offered ${occasion}`, async () => {
      const panel = await mountInvited({ config, session });
      assert.equal(readText(panel).includes('Send Jane Smith a reminder:'), isShown);
      assert.equal(!!panel.shadowRoot?.querySelector('[part=reminder]'), isShown);
    });
  }

  it('is copied with its own text, recorded as a reminder, and keeps the focus on its button', async () => {
    const proxy = new ScriptedProxy();
    const panel = await mountInvited({ proxy, config, session: { ...nineDaysOld, ...handedOverDaysAgo(6) } });
    assert.include(readText(panel), 'No activity for 9 days.');
    const button = findButton(panel, 'Copy reminder: Jane Smith');
    button.focus();
    assert.equal(await copyWith(panel, 'Copy reminder'), `Still open, Jane: ${LINK}`);
    await waitForText(panel, 'Reminder copied by recruiter-1, ');
    assert.notInclude(readText(panel), 'No activity');
    assert.equal(button.textContent, 'Copied');
    assert.equal(panel.shadowRoot?.activeElement, button);
    const [handover] = proxy.requestsTo('/v1/sessions/sess_jane%40example.com/handovers');
    assert.deepEqual(handover?.body, { kind: 'reminder', channel: 'message' });
  });

  it('has buttons of its own', async () => {
    const panel = await mountInvited({ config, session: { ...nineDaysOld, ...handedOverDaysAgo(6) } });
    assert.deepEqual(readButtonNames(panel), [
      'Copy reminder: Jane Smith',
      'Copy link: Jane Smith',
      'Open in mail: reminder for Jane Smith',
    ]);
    assert.isTrue(findButton(panel, 'Copy reminder').classList.contains('primary'));
  });

  it('is not offered if no recruiter has copied the link: the panel then asks the recruiter to send the invite', async () => {
    const proxy = new ScriptedProxy();
    const messages = { ...config, invite_message: 'Welcome, {first_name}: {link}' };
    const panel = await mountInvited({ proxy, config: messages, session: { ...nineDaysOld, updated_at: daysAgo(7) } });
    await waitForText(panel, "Invited 9 days ago, but the link hasn't been copied. Send it to Jane Smith:");
    assert.notInclude(readText(panel), "hasn't been emailed");
    assert.deepEqual(readButtonNames(panel), [
      'Copy message: Jane Smith',
      'Copy link: Jane Smith',
      'Open in mail: Jane Smith',
    ]);
    assert.isTrue(findButton(panel, 'Copy message').classList.contains('primary'));
    assert.isNull(panel.shadowRoot?.querySelector('[part=reminder]'));
    assert.equal(await copyWith(panel, 'Copy message'), `Welcome, Jane: ${LINK}`);
    await waitForText(panel, 'Link copied by recruiter-1, ');
    const [handover] = proxy.requestsTo('/v1/sessions/sess_jane%40example.com/handovers');
    assert.deepEqual(handover?.body, { kind: 'invite', channel: 'message' });
  });
});
