/** What the proxy writes into an ATS, and when. */
import { z } from 'zod';
import { atsNameSchema } from '../contract/page-adapter.ts';
import { jsonPointer } from './setting-types.ts';

/** A session was invited, has a result, or ended without a result. */
const WRITE_TRIGGERS = ['invited', 'completed', 'ended'] as const;

const MAX_TEMPLATE_CHARS = 4_000;
const templateSchema = z.string().min(1, 'must not be empty').max(MAX_TEMPLATE_CHARS, 'must be shorter');

const commonFields = {
  ats: atsNameSchema,
  on: z.array(z.enum(WRITE_TRIGGERS, `must be one of ${WRITE_TRIGGERS.join(', ')}`)).min(1, 'must name an occasion'),
  /** What is written, by occasion. Default: a sentence without the narrative. */
  text: z.partialRecord(z.enum(WRITE_TRIGGERS), templateSchema).default({}),
};

/** A request to an ATS that `ATS_HTTP` describes. */
const requestSchema = z.strictObject({
  method: z.enum(['POST', 'PUT', 'PATCH']).default('POST'),
  url: z.string().max(2_000),
  /** JSON. `{application}` and `{text}` in its texts are placeholders. */
  body: z.record(z.string(), z.json()),
});

/** How the proxy finds out whether a note was written before. */
const lookSchema = z.strictObject({
  url: z.string().max(2_000),
  /** Leads to the notes' texts, or to a list of notes. */
  rows: jsonPointer.default(''),
  text: jsonPointer.default(''),
});

const targetSchema = z.discriminatedUnion(
  'as',
  [
    z.strictObject({
      ...commonFields,
      as: z.literal('note'),
      /** Who sees the note in Greenhouse. */
      visibility: z.enum(['admin_only', 'private', 'public']).optional(),
      request: requestSchema.optional(),
      look: lookSchema.optional(),
    }),
    /** Greenhouse's `name_key`, or the id of Ashby's custom field. */
    z.strictObject({ ...commonFields, as: z.literal('field'), field: z.string().min(1).max(200) }),
    z.strictObject({ ...commonFields, as: z.literal('tag') }),
    z.strictObject({
      ...commonFields,
      as: z.literal('assessment'),
      on: z.array(z.literal('completed', 'must be completed')).min(1),
      partner_id: z.uuid(),
      assessment_type_id: z.uuid(),
    }),
  ],
  'must be note, field, tag or assessment',
);

export type WriteTarget = z.output<typeof targetSchema>;
export type NoteTarget = Extract<WriteTarget, { as: 'note' }>;
