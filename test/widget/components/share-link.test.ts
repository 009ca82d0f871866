import { assert } from 'chai';
import type { EvalonElement } from '../../../widget/elements/base/evalon-element.ts';
import { findButton, findInShadow, mountWithProxy, readText, waitFor, waitForText } from '../fixture.ts';
import { buildSession, ScriptedProxy } from '../scripted-proxy.ts';

const JANE = { 'candidate-email': 'jane@example.com', 'candidate-name': 'Jane Smith' };
const LINK = 'https://evalon.example/take/1';
const MESSAGE = { invite_subject: '{assessment} for {name}', invite_message: 'Dear {name},\n{assessment}: {link}' };

async function mountInvited({
  config = {},
  session = {},
}: {
  config?: Record<string, unknown>;
  session?: Record<string, unknown>;
} = {}) {
  const proxy = new ScriptedProxy();
  proxy.clientConfig = { ...proxy.clientConfig, ...MESSAGE, ...config };
  proxy.sessions = [buildSession('jane@example.com', session)];
  const panel = await mountWithProxy(proxy, 'evalon-assessments', JANE);
  await waitFor(() => findInShadow(panel, '[part=share]'));
  return panel;
}

/** Parses the mail link as a mail program does. */
function readMail(panel: EvalonElement): { to: string; subject: string; body: string; length: number } {
  const { href } = findInShadow<HTMLAnchorElement>(panel, '[part=mail-link]');
  const [, to = '', query = ''] = /^mailto:([^?]*)\??(.*)$/.exec(href) ?? [];
  const fields = Object.fromEntries(query.split('&').map((field) => field.split('=').map(decodeURIComponent)));
  return { to: decodeURIComponent(to), subject: '', body: '', ...fields, length: href.length };
}

/** Clicks a button and returns what it writes to the clipboard. */
async function copyWith(panel: EvalonElement, label: string): Promise<string> {
  const { clipboard } = navigator;
  const written = Promise.withResolvers<string>();
  Object.defineProperty(clipboard, 'writeText', {
    configurable: true,
    value: async (text: string) => written.resolve(text),
  });
  try {
    findButton(panel, label).click();
    return await written.promise;
  } finally {
    Reflect.deleteProperty(clipboard, 'writeText');
  }
}

describe('the candidate’s link', () => {
  it('is copied in IT’s message with name and assessment, or alone', async () => {
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
    for (const panel of [longMessage, longSubject]) assert.isBelow(readMail(panel).length, 2_000);
    assert.include(await copyWith(longMessage, 'Copy message'), 'Very long.');
  });

  it('is copied alone if the proxy sends no message', async () => {
    const panel = await mountInvited({ config: { invite_message: undefined, invite_subject: undefined } });
    assert.equal(await copyWith(panel, 'Copy message'), LINK);
  });

  for (const [delivery, text, isPrimary] of [
    ['copy', "Jane Smith hasn't been emailed. Send the link yourself:", true],
    ['evalon', 'Evalon has sent the link to jane@example.com', false],
    ['ats', 'This system sends the link to Jane Smith', false],
  ] as const) {
    it(`shows how it reaches the candidate with delivery “${delivery}”`, async () => {
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

  it('is shown once, as selected text, if the browser refuses to copy', async () => {
    const panel = await mountInvited();
    const [clipboard, command] = [
      Object.getOwnPropertyDescriptor(navigator, 'clipboard'),
      Document.prototype.execCommand,
    ];
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: undefined });
    Document.prototype.execCommand = () => false;
    try {
      for (const label of ['Copy message', 'Copy link']) {
        findButton(panel, label).click();
        const expected = label === 'Copy link' ? LINK : `Dear Jane Smith,\nMarketing: ${LINK}`;
        const field = await waitFor(() => {
          const found = panel.shadowRoot?.querySelector('textarea');
          return found?.value === expected ? found : undefined;
        });
        assert.equal(panel.shadowRoot?.activeElement, field);
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
    } finally {
      Document.prototype.execCommand = command;
      if (clipboard) Object.defineProperty(navigator, 'clipboard', clipboard);
      else Reflect.deleteProperty(navigator, 'clipboard');
    }
  });
});
