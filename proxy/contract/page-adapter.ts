/**
 * A page adapter: how the candidate is found in an ATS's pages, as data. `GET /v1/config` serves adapters, the widget
 * reads pages by them and the proxy reads addresses; there is nothing in them that could run.
 */
import { z } from 'zod';
import { ID_PATTERNS, type IdKind } from './page-address.ts';
import { singleLineSchema } from './session.ts';

/** Names of adapters and of connectors. */
export const atsNameSchema = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be a word such as greenhouse');
export const idNameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,39}$/, 'must be the name of an id, such as application');
export const idKindSchema = z.enum(Object.keys(ID_PATTERNS) as [IdKind, ...IdKind[]], 'must be digits, uuid or text');

const LABELS = /^(?=.{1,253}$)(\*|[a-z0-9-]+)(\.(\*|[a-z0-9-]+))*$/;
const hostSchema = z
  .string()
  .regex(LABELS, 'must be a host such as app.greenhouse.io, with * for one label')
  .refine((host) => !/(^|\.)\*(\.[^.]+)?$/.test(host), 'must name its last two labels');

const ID = String.raw`\{[a-z]\w*\}`;
const TEXT = String.raw`[\w.~$:@!,;=-]`;
const PATH = String.raw`(\/(${TEXT}*${ID}${TEXT}*|${TEXT}+|\*))*(\/\*\*|\/)?`;
const PARAMETER = String.raw`[\w.~-]+=(${ID}|[\w.~-]*)`;
const TEMPLATE = new RegExp(String.raw`^(?=\/)${PATH}(\?${PARAMETER}(&${PARAMETER})*)?(#${PATH})?$`);

/** See address.ts for what it means. */
const templateSchema = z
  .string()
  .max(500, 'takes 500 characters at the most')
  .regex(TEMPLATE, 'must be an address such as /people/{person}?application_id={application}');
const templates = z.array(templateSchema).max(50).default([]);

/** Only a page can tell whether it understands a selector; one that it does not selects nothing. */
const selectorSchema = singleLineSchema(500);
const selectors = z.array(selectorSchema).max(20).default([]);

const fields = z.strictObject({
  name: atsNameSchema,
  /** The connector that knows the ids. */
  ats: atsNameSchema,
  hosts: z.array(hostSchema).min(1, 'must name a host').max(50),
  /** What each id looks like. */
  ids: z.record(idNameSchema, idKindSchema).default({}),
  /** Addresses that name the candidate. The first that fits counts, unless another that fits says otherwise. */
  addresses: templates,
  /** Addresses of candidates, read or not: where none of the others fits, the recruiter is told that nobody was recognised. */
  suspects: templates,
  /** Links in the page that lead to the candidate on show. */
  links: selectors,
  /** Elements that carry an id of the candidate on show, in an attribute or as their text. */
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
    .default([]),
  /** Where the page shows the candidate: tells that somebody else is on show, and is what the recruiter is asked to confirm. */
  email: selectors,
  person: selectors,
  /** Where the panel goes: the first that is there, and on which side of it. */
  mount: selectors,
  position: z.enum(['before', 'first', 'last', 'after']).default('last'),
});

export const adapterSchema = fields.superRefine(({ addresses, ids, marks }, { addIssue }) => {
  const inAddresses = addresses.flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, id = '']) => id));
  for (const id of new Set([...inAddresses, ...marks.map((mark) => mark.id)])) {
    if (Object.hasOwn(ids, id)) continue;
    addIssue({ code: 'custom', path: ['ids'], message: `does not say what {${id}} looks like`, input: undefined });
  }
});

/** As pages get it. */
export const servedAdapterSchema = fields.extend({
  /** Whether `POST /v1/candidates/resolve` can tell who the ids stand for. */
  connected: z.boolean(),
});

export type Adapter = z.output<typeof adapterSchema>;
export type ServedAdapter = z.output<typeof servedAdapterSchema>;

/** Body of `POST /v1/pages/unknown`: a page that an adapter could not read. Nothing of the candidate or of the address. */
export const unknownPageSchema = z.strictObject({ adapter: atsNameSchema, host: z.string().max(253) });
