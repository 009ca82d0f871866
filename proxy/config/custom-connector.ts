/**
 * A connector that IT writes instead of us, as data: one GET whose JSON answer says who a candidate is. What it fetches is
 * bound to the origin that stands in it, and an answer counts only where it repeats an id that was asked for.
 */
import { z } from 'zod';
import { atsNameSchema, idKindSchema, idNameSchema } from '../contract/page-adapter.ts';
import { singleLineSchema } from '../contract/session.ts';

const pointerSchema = z
  .string()
  .max(500)
  .regex(/^(\/([^~/]|~[01])*)*$/, 'must be a JSON pointer such as /Email');

/** One pointer, or several whose values are taken together. */
const pointersSchema = z
  .union([pointerSchema, z.array(pointerSchema).min(1).max(10)], 'must be a JSON pointer, or a list of them')
  .transform((given) => [given].flat());

const authSchema = z.discriminatedUnion(
  'type',
  [
    /** The secret is the password or, without `user`, itself the user, as with API keys. */
    z.strictObject({ type: z.literal('basic'), user: z.string().max(200).optional() }),
    z.strictObject({ type: z.literal('bearer') }),
    z.strictObject({
      type: z.literal('header'),
      name: z
        .string()
        .regex(/^(?!(host|connection|content-\S*|transfer-encoding)$)[a-z][a-z0-9-]*$/i, 'must be a header'),
    }),
  ],
  'must have the type basic, bearer or header',
);

export const customConnectorSchema = z
  .strictObject({
    ats: atsNameSchema,
    /** As recruiters know the ATS. Default: the same as `ats`. */
    label: singleLineSchema(60).optional(),
    /** Ids stand in it as `{application}`; they are checked and encoded. */
    url: z.string().max(2_000),
    auth: authSchema,
    /** What each id looks like, and where the answer repeats it. */
    ids: z.record(idNameSchema, z.strictObject({ kind: idKindSchema, at: pointerSchema.optional() })),
    /** Where the answer has the candidate: an object, or a list in which one repeats the ids. Default: the answer itself. */
    rows: pointerSchema.default(''),
    /** From here on within that object. */
    application: pointerSchema.optional(),
    email: pointerSchema,
    name: pointersSchema,
    jobs: pointersSchema.optional(),
  })
  .superRefine(({ url, ids }, { addIssue }) => {
    const fault = (path: string, message: string) =>
      addIssue({ code: 'custom', path: [path], message, input: undefined });
    const [origin = ''] = /^https?:\/\/[^/?#{}@\s]+(?=\/)/.exec(url) ?? [];
    const local = /^http:\/\/(127\.0\.0\.1|localhost)(:\d+)?$/.test(origin);
    if (!URL.canParse(url) || (!origin.startsWith('https:') && !local) || url.includes('#')) {
      fault('url', 'must be an https:// address whose host is written out, without user name and fragment');
    }
    const named = new Set([...url.matchAll(/\{([^{}]*)\}/g)].map(([, id = '']) => id));
    for (const id of named) if (!Object.hasOwn(ids, id)) fault('url', `names {${id}}, which is not among the ids`);
    for (const id of Object.keys(ids)) if (!named.has(id)) fault('ids', `has ${id}, which the url does not name`);
    if (!Object.values(ids).some(({ at }) => at !== undefined)) {
      fault('ids', 'must say of one id where the answer repeats it (at), so that no other candidate is taken');
    }
  });

export type CustomConnector = z.output<typeof customConnectorSchema>;
