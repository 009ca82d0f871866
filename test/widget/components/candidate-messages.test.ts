import { assert } from 'chai';
import { type ClientConfig, parseClientConfig, parseSession, type Session } from '../../../widget/api/parse.ts';
import { buildCandidateMessage } from '../../../widget/components/candidate-messages.ts';
import { buildSession } from '../scripted-proxy.ts';

const LINK = 'https://evalon.example/take/1';

function build(config: Record<string, unknown>, name = 'Ben Sample', kind: 'invite' | 'reminder' = 'invite') {
  const session = parseSession(buildSession('ben@example.com', { candidate_name: name })) as Session;
  return buildCandidateMessage(kind, session, LINK, 'Sales', parseClientConfig(config) as ClientConfig);
}

const fill = (invite_message: string, values: object = {}) => build({ invite_message, ...values }).text;

describe('a message to a candidate', () => {
  it('has the first name, the recruiter, the company and the link', () => {
    const text = fill('Hi {first_name}, {recruiter} from {company}: {assessment} for {name}, {link}', {
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
      assert.equal(fill(template, values), expected);
    });
  }

  it('does not fill in a value that looks like a placeholder', () => {
    assert.equal(fill('{recruiter}', { recruiter: '{link} {company}' }), '{link} {company}');
  });

  it('has the reminder’s own subject and text', () => {
    const config = { reminder_subject: 'Reminder for {first_name}', reminder_message: 'Still open: {link}' };
    const { text, mailto } = build(config, 'Sample, Ben', 'reminder');
    assert.equal(text, `Still open: ${LINK}`);
    assert.include(decodeURIComponent(mailto), 'subject=Reminder for Ben&');
  });

  it('ends with the notice, a text or an address, even in a mail without the message', () => {
    assert.equal(fill('{link}', { notice: 'Answers are scored.' }), `${LINK}\n\nAnswers are scored.`);
    const notice = 'https://example.com/notice';
    assert.equal(fill('{link}', { notice }), `${LINK}\n\nPlease read this notice: ${notice}`);
    const { mailto } = build({ invite_message: `${'long '.repeat(500)}{link}`, notice });
    assert.include(decodeURIComponent(mailto), `body=${LINK}\r\n\r\nPlease read this notice: ${notice}`);
  });
});
