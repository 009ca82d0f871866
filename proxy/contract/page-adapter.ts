/**
 * A page adapter describes how to find the candidate in an ATS's pages. It is data without code: `GET /v1/config`
 * serves adapters, the extension reads pages with them, and the proxy reads URLs with them.
 */
import { z } from 'zod';
import { ID_PATTERNS, type IdKind } from './page-address.ts';
import { singleLineSchema } from './session.ts';

/** The name of an adapter or a connector. */
export const atsNameSchema = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be a word such as greenhouse');
export const idNameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,39}$/, 'must be the name of an id, such as application');
export const idKindSchema = z.enum(Object.keys(ID_PATTERNS) as [IdKind, ...IdKind[]], 'must be digits, uuid or text');

/** A host name whose labels may be `*`. */
const HOST_PATTERN = /^(?=.{1,253}$)(\*|[a-z0-9-]+)(\.(\*|[a-z0-9-]+))*$/;
const WILDCARD_IN_LAST_TWO_LABELS = /(^|\.)\*(\.[^.]+)?$/;
const hostSchema = z
  .string()
  .regex(HOST_PATTERN, 'must be a host such as app.greenhouse.io, with * for one label')
  .refine((host) => !WILDCARD_IN_LAST_TWO_LABELS.test(host), 'must name its last two labels');

/* Pieces of `TEMPLATE`. */
const ID = String.raw`\{[a-z]\w*\}`;
const TEXT = String.raw`[\w.~$:@!,;=-]`;
const PATH = String.raw`(\/(${TEXT}*${ID}${TEXT}*|${TEXT}+|\*))*(\/\*\*|\/)?`;
const PARAMETER = String.raw`[\w.~-]+=(${ID}|[\w.~-]*)`;
const TEMPLATE = new RegExp(String.raw`^(?=\/)${PATH}(\?${PARAMETER}(&${PARAMETER})*)?(#${PATH})?$`);

/** page-address.ts defines the syntax. */
const templateSchema = z
  .string()
  .max(500, { error: 'must have at most 500 characters', abort: true })
  .regex(TEMPLATE, 'must be a URL pattern such as /people/{person}?application_id={application}');
const templatesSchema = z.array(templateSchema).max(50).default([]);

/** A CSS selector. Only the browser can parse a selector. An invalid selector selects nothing. */
const selectorSchema = singleLineSchema(500);
const selectorsSchema = z.array(selectorSchema).max(20).default([]);

const adapterFieldsSchema = z.strictObject({
  name: atsNameSchema,
  ats: atsNameSchema.describe('The connector that looks up the ids.'),
  hosts: z.array(hostSchema).min(1, 'must name a host').max(50),
  ids: z.record(idNameSchema, idKindSchema).default({}).describe('The format of each id.'),
  addresses: templatesSchema.describe(
    'Templates of URLs that identify the candidate. The first match wins, unless another match contradicts it.',
  ),
  suspects: templatesSchema.describe(
    'Templates of all URLs of candidates. If only these match, the extension shows that it did not recognize the candidate.',
  ),
  links: selectorsSchema.describe('Links to the shown candidate.'),
  marks: z
    .array(
      z.strictObject({
        id: idNameSchema,
        selector: selectorSchema,
        attribute: z
          .string()
          .regex(/^[a-z][\w:.-]{0,99}$/, 'must be an attribute such as data-application-id')
          .optional(),
      }),
    )
    .max(20)
    .default([])
    .describe('Elements with an id of the shown candidate, in an attribute or as text.'),
  email: selectorsSchema.describe(
    "Elements with the candidate's email, which the recruiter confirms. They reveal a change of candidate.",
  ),
  person: selectorsSchema.describe(
    "Elements with the candidate's name, which the recruiter confirms. They reveal a change of candidate.",
  ),
  mount: selectorsSchema.describe(
    'Where to insert the chip that opens the side panel: relative to the first element that exists.',
  ),
  position: z.enum(['before', 'first', 'last', 'after']).default('last'),
});

export const adapterSchema = adapterFieldsSchema.superRefine(({ addresses, ids, marks }, context) => {
  const addressIds = addresses.flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, id = '']) => id));
  for (const id of new Set([...addressIds, ...marks.map((mark) => mark.id)])) {
    if (Object.hasOwn(ids, id)) continue;
    context.addIssue({ code: 'custom', path: ['ids'], message: `lacks the format of {${id}}`, input: undefined });
  }
});

export const servedAdapterSchema = adapterFieldsSchema
  .extend({
    connected: z.boolean().describe('Whether `POST /v1/candidates/resolve` can look the ids up.'),
  })
  .meta({ id: 'PageAdapter' });

export type Adapter = z.output<typeof adapterSchema>;
export type ServedAdapter = z.output<typeof servedAdapterSchema>;

/** The body of `POST /v1/pages/unknown`. */
export const unknownPageSchema = z.strictObject({ adapter: atsNameSchema, host: z.string().max(253) }).meta({
  id: 'UnknownPage',
  description: 'A page that an adapter could not read. Contains no path and no data of the candidate.',
});
