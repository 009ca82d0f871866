/** Builds the messages that a recruiter sends to a candidate from the configured templates and notice. */
import type { ClientConfig, Session } from '../api/parse.ts';
import * as strings from '../strings/en/share-link.ts';
import { getFirstName } from '../util/first-name.ts';

/** Every operating system accepts a `mailto:` URL of this length. */
const MAX_MAILTO_LENGTH = 2_000;

const PLACEHOLDER = /\{(first_name|name|assessment|link|recruiter|company)\}/g;
/** A line with a letter or digit outside its placeholders counts as a sentence. */
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;
/** Matches the text before the first word of a sentence. */
const BEFORE_SENTENCE = /(^|[.!?]\s+)$/;
/** Also matches the Unicode isolates (U+2068, U+2069) that the proxy puts around a placeholder. */
const OUTER_SEPARATORS = /^[\s,;|/·–—\u2068\u2069-]+|[\s,;|/·–—\u2068\u2069-]+$/g;

export interface CandidateMessage {
  text: string;
  /** URL that opens the message in the mail program. */
  mailto: string;
}

/** @param link the session's `candidate_url` */
export function buildCandidateMessage(
  kind: 'invite' | 'reminder',
  { candidate_name, candidate_email }: Session,
  link: string,
  assessment: string,
  config: ClientConfig,
): CandidateMessage {
  const { recruiter, company, notice } = config;
  const values: Record<string, string | undefined> = {
    first_name: getFirstName(candidate_name),
    name: candidate_name,
    assessment,
    link,
    recruiter,
    company,
  };
  const [subject = '', body = ''] =
    kind === 'reminder'
      ? [config.reminder_subject, config.reminder_message]
      : [config.invite_subject, config.invite_message];
  const filledSubject = fillTemplate(subject, values);
  // If the message is too long for a URL, the mail contains only the link and the notice.
  const texts = [fillTemplate(body, values) || link, link].map((text) => (notice ? addNotice(text, notice) : text));
  const mailtos = texts.map((text) => buildMailto(candidate_email, filledSubject, text));
  return {
    text: texts[0] as string,
    mailto: mailtos.find(({ length }) => length < MAX_MAILTO_LENGTH) ?? `mailto:${encodeURIComponent(candidate_email)}`,
  };
}

function addNotice(text: string, notice: string): string {
  return `${text}\n\n${/^https:\/\/\S+$/i.test(notice) ? strings.readNotice(notice) : notice}`;
}

function fillTemplate(template: string, values: Record<string, string | undefined>): string {
  return template
    .split('\n')
    .flatMap((line) => fillLine(line, values) ?? [])
    .join('\n');
}

/**
 * Fills in the values, with general words for an unknown recruiter or company. A line that is no sentence, such as a
 * signature, omits an unknown company. Returns undefined if nothing of the line remains.
 */
function fillLine(line: string, values: Record<string, string | undefined>): string | undefined {
  const isSentence = LETTER_OR_DIGIT.test(line.replace(PLACEHOLDER, ''));
  let hasGap = false;
  const filled = line.replace(PLACEHOLDER, (_, key: string, offset: number) => {
    const value = values[key];
    if (value) return value;
    if (key === 'recruiter')
      return isSentence && !startsSentence(line, offset) ? strings.hiringTeamInSentence : strings.hiringTeam;
    // The unknown value is the company, because all other values are always known.
    if (isSentence) return startsSentence(line, offset) ? strings.ourCompany : strings.ourCompanyInSentence;
    hasGap = true;
    return '';
  });
  if (!hasGap) return filled;
  return filled.replace(OUTER_SEPARATORS, '') || undefined;
}

function startsSentence(line: string, offset: number): boolean {
  return BEFORE_SENTENCE.test(line.slice(0, offset));
}

/** Encodes spaces as "%20", because mail programs do not decode "+" as a space. */
function buildMailto(email: string, subject: string, text: string): string {
  const parameters = new URLSearchParams({ subject, body: text.replaceAll('\n', '\r\n') });
  return `mailto:${encodeURIComponent(email)}?${parameters}`.replaceAll('+', '%20');
}
