/** Erases the stored webhooks that are not understood and mention a candidate. */
import { setImmediate } from 'node:timers/promises';
import type { Queries } from '../store/store.ts';
import { parseJson } from '../util/json.ts';

const PAGE_SIZE = 50;
/** A shorter id, or a number, occurs in texts by chance. It must be the whole value. */
const MIN_SEARCHED_ID_CHARS = 6;

interface CandidateTerms {
  emails: readonly string[];
  sessionUuids: readonly string[];
}

/** Deletes the webhooks that contain one of these, in upper or lower case, and returns their number. */
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

/** Returns whether a body of JSON contains a term, however the body spells it. */
function createMatcher({ emails, sessionUuids }: CandidateTerms): (body: string) => boolean {
  const isSearched = (id: string) => id.length >= MIN_SEARCHED_ID_CHARS && !/^\d+$/.test(id);
  const searched = [...emails, ...sessionUuids.filter(isSearched)].map(fold);
  const whole = new Set(sessionUuids.map(fold));
  const matches = (text: string) => whole.has(text) || searched.some((term) => text.includes(term));
  return (body) => listTexts(parseJson(body)).some((text) => matches(fold(text)));
}

/** Lists keys, texts and numbers. */
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
