/**
 * IT's own JSON pointers into Evalon's messages (`EVALON_FIELD_MAP`). evalon/field-map.ts tries them before the
 * built-in pointers.
 */
import { z } from 'zod';
import { jsonPointer } from './setting-types.ts';

/** What Evalon sends: responses to an invite (`create`), to a batch and to a request for a scorecard, and webhooks. */
export const EVALON_MESSAGES = ['create', 'batch', 'scorecard', 'webhook'] as const;
export type EvalonMessage = (typeof EVALON_MESSAGES)[number];

/** Fields with pointers relative to the message. In a batch response, the pointers are relative to one result. */
const MESSAGE_FIELDS = [
  'session_uuid',
  'candidate_url',
  'candidate_email',
  'project_id',
  'assessment_type',
  'status',
  'event',
  'overall',
  'overall_max',
  'sections',
  'narrative',
  'completed_at',
] as const;

/** Fields with pointers relative to the section or the question. */
const SECTION_AND_QUESTION_FIELDS = [
  'section.name',
  'section.score',
  'section.max_score',
  'section.questions',
  'question.title',
  'question.score',
  'question.max_score',
  'question.feedback',
  'question.time_seconds',
] as const;

export const EVALON_FIELDS = [...MESSAGE_FIELDS, ...SECTION_AND_QUESTION_FIELDS] as const;
export type EvalonField = (typeof EVALON_FIELDS)[number];

/** The pointers of each field. The key is a field, or a message and a field such as `webhook:event`. */
export type CustomFieldMap = Readonly<Record<string, readonly string[]>>;

const MAX_POINTERS_PER_FIELD = 20;

const isOneOf = (names: readonly string[], name: string): boolean => names.includes(name);

/** Splits `webhook:event` into its message and field. Returns undefined if either is unknown. */
export function parseFieldMapKey(key: string): { message?: EvalonMessage; field: EvalonField } | undefined {
  const [first = '', second, ...rest] = key.split(':');
  const field = second ?? first;
  const message = second === undefined ? undefined : first;
  if (rest.length || !isOneOf(EVALON_FIELDS, field)) return undefined;
  if (message === undefined) return { field: field as EvalonField };
  return isOneOf(EVALON_MESSAGES, message)
    ? { message: message as EvalonMessage, field: field as EvalonField }
    : undefined;
}

const pointer = jsonPointer.refine((text) => !text.split('/').includes('__proto__'), 'must not contain __proto__');

/** Checks the keys first, because `z.record` would ignore the key `__proto__`. */
export const fieldMapSchema = z
  .unknown()
  .superRefine((map, context) => {
    for (const key of Object.keys(map ?? {})) {
      // If the map is a list, `z.record` reports it below.
      if (!Array.isArray(map) && !parseFieldMapKey(key)) {
        context.addIssue(`has the unknown field ${JSON.stringify(key.slice(0, 100))}`);
      }
    }
  })
  .pipe(
    z.record(
      z.string(),
      z
        .array(pointer)
        .min(1, 'is empty')
        .max(MAX_POINTERS_PER_FIELD, `accepts at most ${MAX_POINTERS_PER_FIELD} pointers`),
    ),
  );
