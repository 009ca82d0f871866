/**
 * Explains how the proxy parses a scorecard from Evalon: each field with its pointer, and the keys that no field uses.
 * Of texts other than scores and statuses, prints only the length.
 */
import type { Config } from '../config/config.ts';
import { evalonScorecardPath } from '../evalon/client.ts';
import { createFieldMap, type EvalonField, listBuiltInPointers } from '../evalon/field-map.ts';
import { compilePointer, createPointerResolver } from '../evalon/folded-keys.ts';
import type { ParseReport } from '../evalon/parse-report.ts';
import { parseScorecardResponse, type ScorecardResponse } from '../evalon/parse-scorecard.ts';
import { readBody } from '../evalon/response.ts';
import type { Clock } from '../util/clock.ts';
import { parseJson } from '../util/json.ts';
import { type CheckResult, fail, ok, warn } from './check-result.ts';
import { buildFieldMapExample } from './field-map-example.ts';

const MAX_BUILT_IN_POINTERS = 5;
/** The doctor prints a status only if it looks like one, because any other text could be a candidate's data. */
const STATUS_WORD = /^[\p{L}_ -]{1,40}$/u;
/** A score as text, such as `82%` or `41 / 50`. */
const SCORE_TEXT = /^[\d.,%/ +-]{1,20}$/;

/** Reads the scorecard with one call, which counts against the key's rate limit. */
export async function checkScorecard(
  sessionUuid: string,
  { evalon: { apiKeys, baseUrl, fieldMap } }: Config,
  clock: Clock,
  signal: AbortSignal,
): Promise<CheckResult[]> {
  const [apiKey] = apiKeys;
  if (!baseUrl || !apiKey) {
    return [
      fail('no Evalon is configured: the sandbox has no real scorecards', 'set EVALON_BASE_URL and EVALON_API_KEY'),
    ];
  }
  const response = await fetch(`${baseUrl}${evalonScorecardPath(sessionUuid)}`, {
    headers: { authorization: `Bearer ${apiKey}`, accept: 'application/json' },
    redirect: 'manual',
    signal,
  });
  const text = await readBody(response);
  const { status } = response;
  if (status === 401) return [fail('Evalon refuses EVALON_API_KEY (401)', 'run npm run doctor, which checks each key')];
  if (status < 200 || status >= 300 || status === 204) {
    return [
      fail(
        `Evalon returned ${status}: it has no scorecard of this session yet, or does not know the session`,
        'name a session that a candidate has completed',
      ),
    ];
  }
  let body: unknown;
  try {
    body = parseJson(text);
  } catch {
    return [fail(`Evalon returned ${status} and no JSON`, "check that EVALON_BASE_URL is the API's URL")];
  }
  const { value, report } = parseScorecardResponse(body, sessionUuid, {
    fieldMap: createFieldMap(fieldMap),
    baseUrl,
    now: clock.now(),
  });
  return [
    ok(`Evalon returned ${status} and ${text.length} characters of JSON`),
    ...listMatches(body, report),
    ...listProblems(report),
    ...listMissing(body, value, report, fieldMap),
    listLeftover(report),
    summarizeScorecard(value),
  ];
}

function listMatches(body: unknown, { matches }: ParseReport): CheckResult[] {
  return matches.map(({ field, pointer }) =>
    ok(`${field}: ${describeValue(field, resolve(body, pointer))} at ${pointer}`),
  );
}

/** Returns the value at a pointer that the report contains, or undefined if it is missing or ambiguous. */
function resolve(body: unknown, pointer: string): unknown {
  const root = { value: body, pointer: '' };
  const found = createPointerResolver().resolve(root, compilePointer(pointer), 'exact first');
  return found === 'ambiguous' ? undefined : found?.value;
}

/** Describes a value by its type. Shows the value if it is a boolean, a score, a status, or a number that is no id. */
function describeValue(field: EvalonField, value: unknown): string {
  if (typeof value === 'number')
    return field.endsWith('_uuid') || field.endsWith('_id') ? 'a number' : `number ${value}`;
  if (typeof value === 'boolean') return `${value}`;
  if (Array.isArray(value)) return `list of ${value.length}`;
  if (typeof value !== 'string') return value === undefined ? 'a value' : 'object';
  const isShown = (field === 'status' && STATUS_WORD.test(value)) || (isScore(field) && SCORE_TEXT.test(value));
  return isShown ? `text "${value}"` : `text of ${value.length} characters`;
}

function isScore(field: EvalonField): boolean {
  return /^(overall|overall_max)$|score$/.test(field);
}

const PROBLEMS: Record<ParseReport['problems'][number]['problem'], [problem: string, fix: string]> = {
  ambiguous: ['has several spellings with different values', 'name the right key exactly in EVALON_FIELD_MAP'],
  conflict: ['names two different identities', 'name the right key in EVALON_FIELD_MAP'],
  unusable: ['has a value of the wrong type', 'name another key in EVALON_FIELD_MAP'],
  out_of_range: [
    'is not between 0 and its maximum, so the widget shows it without a maximum',
    'name the key of its maximum in EVALON_FIELD_MAP',
  ],
};

function listProblems({ problems }: ParseReport): CheckResult[] {
  return problems.map(({ field, problem, pointer }) => {
    const [description, fix] = PROBLEMS[problem];
    return warn(`${field}${pointer && ` at ${pointer}`} ${description}`, fix);
  });
}

function listMissing(
  body: unknown,
  value: ScorecardResponse | undefined,
  report: ParseReport,
  fieldMap: Config['evalon']['fieldMap'],
): CheckResult[] {
  const missing = value?.scorecard.incomplete ?? [];
  return missing.map((field) => {
    const tried = listUnwrappedPointers(field).join(', ');
    const example = JSON.stringify({
      ...fieldMap,
      ...buildFieldMapExample(field, report.leftover, (pointer) => resolve(body, pointer)),
    });
    return warn(
      `${field}: not found (tried ${tried}, …)`,
      `if the response contains it, correct its pointer in EVALON_FIELD_MAP='${example}'`,
    );
  });
}

/** Returns the first built-in pointers of a field, without pointers that only add a wrapper such as `/data`. */
function listUnwrappedPointers(field: EvalonField): string[] {
  const pointers = listBuiltInPointers('scorecard', field);
  const isWrapped = (pointer: string) => pointers.some((other) => other !== pointer && pointer.endsWith(other));
  return pointers.filter((pointer) => !isWrapped(pointer)).slice(0, MAX_BUILT_IN_POINTERS);
}

function listLeftover({ leftover }: ParseReport): CheckResult {
  return leftover.length
    ? warn(`keys that no field uses: ${leftover.join(', ')}`, 'map those that the proxy should show; ignore the others')
    : ok('every key is used');
}

function summarizeScorecard(value: ScorecardResponse | undefined): CheckResult {
  if (!value) return fail('the scorecard is not understood', 'correct the problems above with EVALON_FIELD_MAP');
  const { isComplete, scorecard } = value;
  if (!isComplete) {
    return fail(
      'this scorecard does not complete the session: it has no score, or its status is not a finished one',
      'if the result is final, map overall, sections or status in EVALON_FIELD_MAP',
    );
  }
  const { overall, overall_max, sections, narrative, completed_at } = scorecard;
  const scoreText =
    overall === null ? 'no overall score' : `${overall}${overall_max === null ? '' : ` / ${overall_max}`}`;
  const questionCount = sections.reduce((count, section) => count + section.questions.length, 0);
  const parts = [
    scoreText,
    `sections: ${sections.length}`,
    `questions: ${questionCount}`,
    narrative === undefined ? 'no narrative' : 'a narrative',
    completed_at === undefined ? 'no time of completion' : 'a time of completion',
  ];
  return ok(`the widget shows: ${parts.join(', ')}`);
}
