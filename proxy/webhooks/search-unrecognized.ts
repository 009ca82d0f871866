/** Finds the stored webhooks that mention a candidate but are not understood. */
import { setImmediate } from 'node:timers/promises';
import type { UnrecognizedWebhook } from '../store/schema.ts';
import type { Queries } from '../store/store.ts';
import { parseJson } from '../util/json.ts';

const PAGE_SIZE = 50;
/** An id shorter than this must equal a whole text. A longer id may also be inside a text. */
const MIN_ID_CHARS_INSIDE_TEXT = 6;

export type FoundWebhook = Pick<UnrecognizedWebhook, 'id' | 'body' | 'received_at'>;

interface CandidateTerms {
  emails: readonly string[];
  sessionUuids: readonly string[];
}

/** Finds the webhooks that contain an email or a session id, in upper or lower case. The oldest comes first. */
export async function findUnrecognizedWebhooks(
  { unrecognizedWebhooks }: Queries,
  terms: CandidateTerms,
): Promise<FoundWebhook[]> {
  const mentions = createMatcher(terms);
  const found: FoundWebhook[] = [];
  for (let after = 0; ; ) {
    const page = await unrecognizedWebhooks.listAfter(after, PAGE_SIZE);
    found.push(...page.filter(({ body }) => mentions(body)));
    const last = page.at(-1);
    if (!last || page.length < PAGE_SIZE) return found;
    after = last.id;
    await setImmediate();
  }
}

/**
 * Returns a function that tests whether a JSON body contains a term. The function compares parsed texts, so JSON
 * escapes do not matter.
 */
function createMatcher({ emails, sessionUuids }: CandidateTerms): (body: string) => boolean {
  // A number would match too many texts, such as the digits of a time.
  const isFoundInsideTexts = (id: string) => id.length >= MIN_ID_CHARS_INSIDE_TEXT && !/^\d+$/.test(id);
  const insideTexts = [...emails, ...sessionUuids.filter(isFoundInsideTexts)].map(fold);
  const wholeTexts = new Set(sessionUuids.map(fold));
  const matches = (text: string) => wholeTexts.has(text) || insideTexts.some((term) => text.includes(term));
  return (body) => listTexts(parseJson(body)).some((text) => matches(fold(text)));
}

/** Lists all keys and values of a JSON value as text. */
function listTexts(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [String(value)];
  if (Array.isArray(value)) return value.flatMap(listTexts);
  return Object.entries(value).flatMap(([key, child]) => [key, ...listTexts(child)]);
}

/** Matches each word that can be an id inside a text, such as a URL. */
const ID_IN_TEXT = new RegExp(`[\\w-]{${MIN_ID_CHARS_INSIDE_TEXT},}`, 'g');

/** Returns each text of a JSON value that can be a session id: whole keys and values, and the words in them. */
export function listPossibleIds(value: unknown): Set<string> {
  const texts = listTexts(value);
  return new Set([...texts, ...texts.flatMap((text) => text.match(ID_IN_TEXT) ?? [])]);
}

/** Removes invisible format characters and outer spaces, and lowers the case. */
function fold(text: string): string {
  return text
    .replaceAll(/\p{Cf}/gu, '')
    .trim()
    .toLowerCase();
}
