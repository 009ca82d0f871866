/** Parses the names of statuses and events in any spelling: `EXPIRED`, `in-progress`, `session_completed`. */
import type { SessionStatus } from '../../contract/status.ts';

/** Assumed, except for `completed`. Words are compared without case and separators. */
const STATUS_WORDS: Record<SessionStatus, readonly string[]> = {
  invited: ['invited', 'created', 'pending', 'not started', 'unstarted'],
  opened: ['opened', 'viewed', 'visited', 'clicked', 'link opened'],
  started: ['started', 'in progress', 'ongoing', 'running', 'progress'],
  submitted: ['submitted'],
  scoring: ['scoring', 'grading', 'processing', 'evaluating', 'being scored', 'in review', 'under review'],
  expired: ['expired', 'timed out', 'timeout', 'lapsed'],
  cancelled: ['cancelled', 'canceled', 'revoked', 'withdrawn', 'aborted'],
  declined: ['declined', 'refused', 'opted out'],
  failed: ['failed'],
  completed: ['completed', 'complete', 'finished', 'done', 'scored', 'graded', 'final', 'finalized', 'finalised'],
};

/** Other words for the status of a final scorecard. The status of a session has other words. */
const FINISHED_WORDS = ['ready', 'available', 'published', 'released', 'evaluated', 'assessed', 'marked', 'passed'];

/** Words at the beginning of an event's name that parseStatus skips, as in `session.completed`. */
const SUBJECT_WORDS = new Set(['evalon', 'session', 'assessment', 'candidate', 'scorecard', 'event', 'status', 'is']);

/** The status of an envelope such as `{"status":"success","data":{…}}` concerns the call, not the session. */
const ENVELOPE_WORDS = new Set(['success', 'successful', 'ok', 'true']);

/** Longer text is not a word. */
const MAX_WORD_CHARS = 200;

const foldWord = (words: readonly string[]): string => words.join('');

const STATUS_BY_WORD: ReadonlyMap<string, SessionStatus> = new Map(
  Object.entries(STATUS_WORDS).flatMap(([status, names]) =>
    names.map((name): [string, SessionStatus] => [foldWord(name.split(' ')), status as SessionStatus]),
  ),
);
const FINISHED = new Set(FINISHED_WORDS);

/** Returns the status that a word or the name of an event means, or undefined if it is unknown. */
export function parseStatus(word: string): SessionStatus | undefined {
  const words = splitWords(word);
  const start = words.findIndex((part) => !SUBJECT_WORDS.has(part));
  return start === -1 ? undefined : STATUS_BY_WORD.get(foldWord(words.slice(start)));
}

/** Whether a scorecard with this status is final. */
export function isFinishedWord(word: string): boolean {
  return parseStatus(word) === 'completed' || FINISHED.has(foldWord(splitWords(word)));
}

export function isEnvelopeWord(word: string): boolean {
  return ENVELOPE_WORDS.has(word.trim().toLowerCase());
}

/** Splits at separators and at capital letters: `sessionInProgress` has three words. */
function splitWords(text: string): string[] {
  if (text.length > MAX_WORD_CHARS) return [];
  return text
    .replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 ')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}
