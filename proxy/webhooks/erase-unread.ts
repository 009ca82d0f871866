/** Erases stored webhooks that mention a candidate and that the proxy does not understand. */
import { setImmediate } from 'node:timers/promises';
import { parseJson } from '../evalon/values/json.ts';
import type { Queries } from '../store/store.ts';

const PAGE_SIZE = 50;
/**
 * The search looks for an id of at least this length inside texts. A shorter id, or a number, must be the whole text.
 */
const MIN_SEARCHED_ID_CHARS = 6;

interface CandidateTerms {
  emails: readonly string[];
  sessionUuids: readonly string[];
}

/**
 * Deletes the webhooks that contain one of the terms, in upper or lower case. Returns the number of deleted webhooks.
 */
export async function eraseUnreadWebhooks({ unreadWebhooks }: Queries, terms: CandidateTerms): Promise<number> {
  const mentions = createMatcher(terms);
  const found: number[] = [];
  for (let after = 0; ; ) {
    const page = await unreadWebhooks.listAfter(after, PAGE_SIZE);
    found.push(...page.filter(({ body }) => mentions(body)).map(({ id }) => id));
    const last = page.at(-1);
    if (!last || page.length < PAGE_SIZE) break;
    after = last.id;
    await setImmediate();
  }
  await unreadWebhooks.delete(found);
  return found.length;
}

/** Returns a function that tests whether a JSON body contains a term. It ignores case and escape sequences. */
function createMatcher({ emails, sessionUuids }: CandidateTerms): (body: string) => boolean {
  const isSearched = (id: string) => id.length >= MIN_SEARCHED_ID_CHARS && !/^\d+$/.test(id);
  const searched = [...emails, ...sessionUuids.filter(isSearched)].map(fold);
  const wholeTexts = new Set(sessionUuids.map(fold));
  const matches = (text: string) => wholeTexts.has(text) || searched.some((term) => text.includes(term));
  return (body) => listTexts(parseJson(body)).some((text) => matches(fold(text)));
}

/** Lists all keys and values of a JSON value as text. */
export function listTexts(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [String(value)];
  return Object.entries(value).flatMap(([key, child]) => [key, ...listTexts(child)]);
}

function fold(text: string): string {
  return text
    .replaceAll(/\p{Cf}/gu, '')
    .trim()
    .toLowerCase();
}
