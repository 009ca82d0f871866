import { assert } from 'chai';
import type { EvalonElement } from '../../../widget/elements/base/evalon-element.ts';
import { findButton, findInShadow, mountWithProxy, readText, waitFor, waitForText } from '../fixture.ts';
import { buildSession, ScriptedProxy } from '../scripted-proxy.ts';

const JANE = { 'candidate-email': 'jane@example.com', 'candidate-name': 'Jane Smith' };
const LINK = 'https://evalon.example/take/1';
const WORDS = { invite_subject: '{assessment} for {name}', invite_message: 'Dear {name},\n{assessment}: {link}' };

async function invited(offer: Record<string, unknown> = {}, session: Record<string, unknown> = {}) {
  const proxy = new ScriptedProxy();
  proxy.clientConfig = { ...proxy.clientConfig, ...WORDS, ...offer };
  proxy.sessions = [buildSession('jane@example.com', session)];
  const panel = await mountWithProxy(proxy, 'evalon-assessments', JANE);
  await waitFor(() => findInShadow(panel, '[part=share]'));
  return panel;
}

/** What a mail program makes of the link. */
function mailIn(panel: EvalonElement): { to: string; subject: string; body: string; length: number } {
  const { href } = findInShadow<HTMLAnchorElement>(panel, '[part=mail-link]');
  const [, to = '', query = ''] = /^mailto:([^?]*)\??(.*)$/.exec(href) ?? [];
  const fields = Object.fromEntries(query.split('&').map((field) => field.split('=').map(decodeURIComponent)));
  return { to: decodeURIComponent(to), subject: '', body: '', ...fields, length: href.length };
}

/** Clicks, with a clipboard that takes everything, and answers what it took. */
async function copied(panel: EvalonElement, label: string): Promise<string> {
  const { clipboard } = navigator;
  const taken = Promise.withResolvers<string>();
  Object.defineProperty(clipboard, 'writeText', {
    configurable: true,
    value: async (text: string) => taken.resolve(text),
  });
  try {
    findButton(panel, label).click();
    return await taken.promise;
  } finally {
    Reflect.deleteProperty(clipboard, 'writeText');
  }
}

describe('passing the link on', () => {
  it('copies IT’s words with name, assessment and link in their places, or the link alone', async () => {
    const panel = await invited();
    assert.equal(await copied(panel, 'Copy message'), `Dear Jane Smith,\nMarketing: ${LINK}`);
    assert.equal(await copied(panel, 'Copy link'), LINK);
  });

  it('says that it was copied, keeps the button as wide, and takes that back', async () => {
    const panel = await invited();
    const pressed = findButton(panel, 'Copy message');
    const { width } = pressed.getBoundingClientRect();
    await copied(panel, 'Copy message');
    await waitFor(() => pressed.textContent === 'Copied');
    assert.closeTo(pressed.getBoundingClientRect().width, width, 1);
    await waitFor(() => document.querySelector('[role=status]')?.textContent?.includes('Copied'));
    await waitFor(() => pressed.textContent === 'Copy message');
  });

  for (const name of [
    "O'Neill & Søn + 50 %",
    '$& $1 {link} {assessment}',
    '李 小龍 👩‍👩‍👧‍👦',
    'ליאת "Lia" #1?',
    'x=1&bcc=eve@example.com',
  ]) {
    it(`is right for a candidate called ${name}`, async () => {
      const panel = await invited({}, { candidate_name: name });
      assert.equal(await copied(panel, 'Copy message'), `Dear ${name},\nMarketing: ${LINK}`);
      const { to, subject, body } = mailIn(panel);
      assert.deepEqual(
        { to, subject, body },
        { to: 'jane@example.com', subject: `Marketing for ${name}`, body: `Dear ${name},\r\nMarketing: ${LINK}` },
      );
    });
  }

  it('survives half a character in a name', async () => {
    const panel = await invited({}, { candidate_name: 'Jane \ud83d' });
    assert.equal(mailIn(panel).subject, 'Marketing for Jane \ufffd');
  });

  it('hands no more to the mail program than every system takes: the link alone, or nobody but the recipient', async () => {
    const long = await invited({ invite_message: `${'Very long. '.repeat(200)}{link}` });
    assert.deepInclude(mailIn(long), { to: 'jane@example.com', subject: 'Marketing for Jane Smith', body: LINK });
    const endless = await invited({ invite_subject: 'ä'.repeat(400) });
    assert.deepInclude(mailIn(endless), { to: 'jane@example.com', subject: '', body: '' });
    for (const panel of [long, endless]) assert.isBelow(mailIn(panel).length, 2_000);
    assert.include(await copied(long, 'Copy message'), 'Very long.');
  });

  it('has a message also where a proxy tells no words', async () => {
    const panel = await invited({ invite_message: undefined, invite_subject: undefined });
    assert.equal(await copied(panel, 'Copy message'), LINK);
  });

  for (const [delivery, says_, isUrgent] of [
    ['copy', "Jane Smith hasn't been emailed. Send the link yourself:", true],
    ['evalon', 'Evalon has sent the link to jane@example.com', false],
    ['ats', 'This system sends the link to Jane Smith', false],
  ] as const) {
    it(`says what is known where the link is brought by ${delivery}`, async () => {
      const panel = await invited({ delivery });
      await waitForText(panel, says_);
      assert.equal(findButton(panel, 'Copy message').classList.contains('primary'), isUrgent);
      assert.equal(/\bsent\b/i.test(readText(panel)), delivery === 'evalon');
    });
  }

  it('asks for nothing more once the candidate has opened the link, which can still be had', async () => {
    const panel = await invited({}, { status: 'opened' });
    await waitForText(panel, 'The result will appear here.');
    assert.notInclude(readText(panel), 'pass the link on');
    assert.isFalse(findButton(panel, 'Copy message').classList.contains('primary'));
  });

  it('names the candidate in every button and link', async () => {
    const panel = await invited();
    const names = [...(panel.shadowRoot?.querySelectorAll('button, a') ?? [])].map((one) =>
      one.getAttribute('aria-label'),
    );
    assert.deepEqual(names, ['Copy message: Jane Smith', 'Copy link: Jane Smith', 'Open in mail: Jane Smith']);
  });

  it('shows the text, selected, where the browser refuses to copy, and once only', async () => {
    const panel = await invited();
    const [refuse, command] = [Object.getOwnPropertyDescriptor(navigator, 'clipboard'), document.execCommand];
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: undefined });
    document.execCommand = () => false;
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
      document.execCommand = () => true;
      const pressed = findButton(panel, 'Copy link');
      pressed.click();
      await waitFor(() => pressed.textContent === 'Copied');
      assert.isNull(panel.shadowRoot?.querySelector('textarea'));
      assert.equal(panel.shadowRoot?.activeElement, pressed);
    } finally {
      document.execCommand = command;
      if (refuse) Object.defineProperty(navigator, 'clipboard', refuse);
      else Reflect.deleteProperty(navigator, 'clipboard');
    }
  });
});
