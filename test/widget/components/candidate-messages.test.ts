import { assert } from 'chai';
import { buildMessages } from '../../../proxy/config/messages/messages.ts';
import type { Settings } from '../../../proxy/config/settings.ts';
import { type ClientConfig, parseClientConfig, parseSession, type Session } from '../../../widget/api/parse.ts';
import { buildCandidateMessage } from '../../../widget/components/candidate-messages.ts';
import { buildSession } from '../scripted-proxy.ts';

const LINK = 'https://evalon.example/take/1';

function buildMessage(
  config: Record<string, unknown>,
  name = 'Ben Sample',
  kind: 'invite' | 'reminder' = 'invite',
  label = 'Sales',
) {
  const session = parseSession(buildSession('ben@example.com', { candidate_name: name })) as Session;
  return buildCandidateMessage(kind, session, LINK, label, parseClientConfig(config) as ClientConfig);
}

/** Returns the letters of a line in the order of their places on the screen. */
function readFromLeftToRight(line: string): string {
  const paragraph = document.createElement('p');
  paragraph.dir = 'auto';
  paragraph.style.whiteSpace = 'nowrap';
  paragraph.textContent = line;
  document.body.append(paragraph);
  const text = paragraph.firstChild as Text;
  const letters = Array.from(line, (letter, offset) => {
    const range = document.createRange();
    range.setStart(text, offset);
    range.setEnd(text, offset + 1);
    return { letter, left: range.getBoundingClientRect().left };
  });
  paragraph.remove();
  return letters
    .sort((a, b) => a.left - b.left)
    .map(({ letter }) => letter)
    .join('');
}

/** Fills the placeholders of an invite from the other fields of the configuration. */
const fillInvite = (invite_message: string, otherFields: object = {}, name?: string) =>
  buildMessage({ invite_message, ...otherFields }, name).text;

describe('a message to a candidate', () => {
  it('has the first name, the recruiter, the company and the link', () => {
    const text = fillInvite('Hi {first_name}, {recruiter} from {company}: {assessment} for {name}, {link}', {
      recruiter: 'Alex Miller',
      company: 'Example Inc.',
    });
    assert.equal(text, `Hi Ben, Alex Miller from Example Inc.: Sales for Ben Sample, ${LINK}`);
  });

  for (const [template, values, expected] of [
    ['Join {company}. {company} is great.', {}, 'Join our company. Our company is great.'],
    ['{company} invites you.', {}, 'Our company invites you.'],
    ['I am {recruiter} from {company}.', {}, 'I am the hiring team from our company.'],
    ['Regards,\n{recruiter}\n{company}\n{link}', { recruiter: 'Alex' }, `Regards,\nAlex\n${LINK}`],
    ['Regards,\n{recruiter}\n{company}', {}, 'Regards,\nThe hiring team'],
    ['Regards,\n{recruiter}\n{company}', { company: 'Acme' }, 'Regards,\nThe hiring team\nAcme'],
    ['{recruiter}, {company}', { recruiter: 'Alex' }, 'Alex'],
    ['{company} | {recruiter}', { recruiter: 'Alex' }, 'Alex'],
    ['- {link}', {}, `- ${LINK}`],
  ] as const) {
    it(`leaves no gap in ${JSON.stringify(template)} with ${JSON.stringify(values)}`, () => {
      assert.equal(fillInvite(template, values), expected);
    });
  }

  it('does not replace a placeholder inside a value', () => {
    assert.equal(fillInvite('{recruiter}', { recruiter: '{link} {company}' }), '{link} {company}');
  });

  for (const [language, template] of [
    ['Arabic', 'مرحبًا {name}، ندعوك إلى تقييم {assessment} لدى {company}.\n{link}'],
    ['Hebrew', 'שלום {name}, הזמנה למבדק {assessment} מטעם {company}.\n{link}'],
  ] as const) {
    it(`keeps each Latin name and its punctuation in order in ${language}, and leaves the link as it is`, () => {
      const { en } = buildMessages({ INVITE_MESSAGE: template } as Settings).templates;
      const [line = '', link] = fillInvite(en.inviteMessage, { company: 'Example Inc.' }, 'Ben Sample (MA)').split(
        '\n',
      );
      const shown = readFromLeftToRight(line).replace(/[\u2068\u2069]/g, '');
      for (const name of ['Ben Sample (MA)', 'Sales', 'Example Inc.']) assert.include(shown, name);
      // A right-to-left sentence has its full stop at the left end.
      assert.match(shown, /^\.Example Inc\. /);
      assert.equal(link, LINK);
    });
  }

  it('has no invisible characters in place of an unknown company', () => {
    const { he } = buildMessages({} as Settings).templates;
    assert.match(fillInvite(he.inviteMessage, { recruiter: 'Alex' }), /\n\u2068Alex\u2069$/);
  });

  it('has no invisible characters in a left-to-right text', () => {
    const { en } = buildMessages({ INVITE_MESSAGE: 'Hi {name}, {company}' } as Settings).templates;
    assert.equal(fillInvite(en.inviteMessage, { company: 'Example Inc.' }, 'ליאת'), 'Hi ליאת, Example Inc.');
  });

  it('has the reminder’s own subject and text', () => {
    const config = { reminder_subject: 'Reminder for {first_name}', reminder_message: 'Still open: {link}' };
    const { text, mailto } = buildMessage(config, 'Sample, Ben', 'reminder');
    assert.equal(text, `Still open: ${LINK}`);
    assert.include(decodeURIComponent(mailto), 'subject=Reminder for Ben&');
  });

  // The URL of a mail draft has a maximum length. A letter of these languages takes up to nine characters of it.
  for (const [locale, name, label, recruiter, company] of [
    ['ja', '山田 花子', 'マーケティング', '佐藤 太郎', '株式会社サンプル'],
    ['ar', 'ليلى بنت أحمد', 'التسويق والمبيعات', 'سامي نصار', 'شركة المثال الأول'],
    ['he', 'נועה לדוגמה', 'שיווק ומכירות', 'אורי לדוגמה', 'חברה לדוגמה'],
  ] as const) {
    it(`fits a mail draft if its text is the built-in one of ${locale}`, () => {
      const { [locale]: built } = buildMessages({ COMPANY_NAME: company } as Settings).templates;
      const config = {
        invite_subject: built.inviteSubject,
        invite_message: built.inviteMessage,
        reminder_subject: built.reminderSubject,
        reminder_message: built.reminderMessage,
        recruiter,
        company,
      };
      for (const kind of ['invite', 'reminder'] as const) {
        const { text, mailto } = buildMessage(config, name, kind, label);
        assert.include(decodeURIComponent(mailto), `body=${text.replaceAll('\n', '\r\n')}`, kind);
      }
    });
  }

  it('ends with the notice (a text or a URL), even in a mail draft that leaves out a message that is too long', () => {
    assert.equal(fillInvite('{link}', { notice: 'Answers are scored.' }), `${LINK}\n\nAnswers are scored.`);
    const notice = 'https://example.com/notice';
    assert.equal(fillInvite('{link}', { notice }), `${LINK}\n\nPlease read this notice: ${notice}`);
    const { mailto } = buildMessage({ invite_message: `${'long '.repeat(500)}{link}`, notice });
    assert.include(decodeURIComponent(mailto), `body=${LINK}\r\n\r\nPlease read this notice: ${notice}`);
  });
});
