/**
 * A connector that IT describes as data (`ATS_HTTP`): one GET whose JSON response contains the candidate. The connector
 * calls only the origin in `url`. It accepts only a response that repeats a requested id.
 */
import { z } from 'zod';
import { atsNameSchema, idKindSchema, idNameSchema } from '../contract/page-adapter.ts';
import { singleLineSchema } from '../contract/session.ts';
import { jsonPointer } from './setting-types.ts';

/** One pointer, or several. The connector combines their values. */
const pointersSchema = z
  .union([jsonPointer, z.array(jsonPointer).min(1).max(10)], 'must be a JSON pointer, or a list of JSON pointers')
  .transform((pointers) => [pointers].flat());

const authSchema = z.discriminatedUnion(
  'type',
  [
    /** With `user`, the secret is the password. Without `user`, the secret is the user name, as with API keys. */
    z.strictObject({ type: z.literal('basic'), user: z.string().max(200).optional() }),
    z.strictObject({ type: z.literal('bearer') }),
    z.strictObject({
      type: z.literal('header'),
      name: z
        .string()
        .regex(
          /^(?!(host|connection|content-\S*|transfer-encoding)$)[a-z][a-z0-9-]*$/i,
          'must be a header that a client can set',
        ),
    }),
  ],
  'must have the type basic, bearer or header',
);

/** Matches an origin without placeholders and without a user name, if a path follows. */
const LITERAL_ORIGIN = /^https?:\/\/[^/?#{}@\s]+(?=\/)/;

export const customConnectorSchema = z
  .strictObject({
    ats: atsNameSchema,
    /** The ATS's name in the UI. Default: `ats`. */
    label: singleLineSchema(60).optional(),
    /** With placeholders for ids, such as `{application}`. The connector validates and encodes ids. */
    url: z.string().max(2_000),
    auth: authSchema,
    /** The format of each id, and where the response repeats it (`at`). */
    ids: z.record(idNameSchema, z.strictObject({ kind: idKindSchema, at: jsonPointer.optional() })),
    /**
     * A pointer to the candidate in the response. It leads to an object, or to a list with one entry that repeats the
     * ids. Default: the whole response.
     */
    rows: jsonPointer.default(''),
    /** The pointers `application`, `email`, `name` and `jobs` are relative to the candidate. */
    application: jsonPointer.optional(),
    email: jsonPointer,
    name: pointersSchema,
    jobs: pointersSchema.optional(),
    /** Pointers in the webhook with which the ATS reports a stage change. */
    stage_change: z.strictObject({ application: jsonPointer, stage: jsonPointer }).optional(),
  })
  .superRefine(({ url, ids, jobs, stage_change }, context) => {
    const addIssue = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message, input: undefined });
    const [origin = ''] = LITERAL_ORIGIN.exec(url) ?? [];
    const isLocal = /^http:\/\/(127\.0\.0\.1|localhost)(:\d+)?$/.test(origin);
    const isOriginAllowed = origin.startsWith('https:') || isLocal;
    if (!URL.canParse(url) || !isOriginAllowed || url.includes('#')) {
      addIssue('url', 'must be an https:// URL with a literal host, without user name and fragment');
    }
    const placeholders = new Set([...url.matchAll(/\{([^{}]*)\}/g)].map(([, id = '']) => id));
    for (const id of placeholders) {
      if (!Object.hasOwn(ids, id)) addIssue('url', `contains {${id}}, which is not one of the ids`);
    }
    for (const id of Object.keys(ids)) {
      if (!placeholders.has(id)) addIssue('ids', `has ${id}, which the url does not contain`);
    }
    if (stage_change && Object.keys(ids).length !== 1) {
      addIssue('stage_change', 'needs exactly one id, by which the proxy looks up the candidate');
    }
    if (stage_change && !jobs) addIssue('stage_change', 'needs jobs, because a trigger is for one job');
    if (!Object.values(ids).some(({ at }) => at !== undefined)) {
      addIssue('ids', 'must say for one id where the response repeats it (at), so that no other candidate is returned');
    }
  });

export type CustomConnector = z.output<typeof customConnectorSchema>;
