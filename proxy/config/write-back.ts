/** The setting `ATS_WRITE_BACK`: what the proxy writes into the ATS, and when. Each entry is a target. */
import { z } from 'zod';
import { atsNameSchema } from '../contract/page-adapter.ts';
import type { AtsConfig } from './ats.ts';
import { jsonPointer } from './setting-types.ts';

/** When the proxy writes: after the invite, when the result arrives, or after the session ends without a result. */
export const WRITE_OCCASIONS = ['invited', 'completed', 'ended'] as const;
export type WriteOccasion = (typeof WRITE_OCCASIONS)[number];

const MAX_TEMPLATE_CHARS = 4_000;
const templateSchema = z.string().min(1, 'must not be empty').max(MAX_TEMPLATE_CHARS, 'must be shorter');

/** The fields of every target. */
const commonFields = {
  ats: atsNameSchema,
  /** Writes nothing: the proxy only records what it would write. */
  dry_run: z.boolean().default(false),
};

/** The fields of a target that gets a text, which is every target but a link. */
const textTargetFields = {
  ...commonFields,
  on: z.array(z.enum(WRITE_OCCASIONS, `must be one of ${WRITE_OCCASIONS.join(', ')}`)).min(1, 'must name an occasion'),
  /** The text to write on each occasion. Default: a sentence without the narrative. */
  text: z.partialRecord(z.enum(WRITE_OCCASIONS), templateSchema).default({}),
};

/** A request to an ATS that `ATS_HTTP` describes. */
const requestSchema = z.strictObject({
  method: z.enum(['POST', 'PUT', 'PATCH']).default('POST'),
  url: z.string().max(2_000),
  /** JSON. `{application}`, `{text}` and `{link}` in its texts are placeholders. */
  body: z.record(z.string(), z.json()),
});

/** How the proxy finds out whether a note or a link was written before. */
const lookSchema = z.strictObject({
  url: z.string().max(2_000),
  /** Leads to the notes' texts, or to a list of notes. Default: the whole response. */
  rows: jsonPointer.default(''),
  /** Leads from each entry of `rows` to the note's text. Default: the entry itself. */
  text: jsonPointer.default(''),
});

const targetSchema = z.discriminatedUnion(
  'as',
  [
    z.strictObject({
      ...textTargetFields,
      as: z.literal('note'),
      /** Who sees the note in Greenhouse. */
      visibility: z.enum(['admin_only', 'private', 'public']).optional(),
      request: requestSchema.optional(),
      look: lookSchema.optional(),
    }),
    /** `field`: Greenhouse's `name_key`, or the id of Ashby's custom field. */
    z.strictObject({ ...textTargetFields, as: z.literal('field'), field: z.string().min(1).max(200) }),
    z.strictObject({ ...textTargetFields, as: z.literal('tag') }),
    z.strictObject({
      ...textTargetFields,
      as: z.literal('assessment'),
      on: z.array(z.literal('completed', 'must be completed')).min(1),
      /** Ashby gave the company `partner_id` and `assessment_type_id`. */
      partner_id: z.uuid(),
      assessment_type_id: z.uuid(),
    }),
    /** The candidate's link, which the ATS then emails (`INVITE_DELIVERY=ats`). */
    z.strictObject({
      ...commonFields,
      as: z.literal('link'),
      on: z.array(z.literal('invited', 'must be invited')).min(1).default(['invited']),
      /** As in a target with `as: 'field'`. */
      field: z.string().min(1).max(200).optional(),
      request: requestSchema.optional(),
      look: lookSchema.optional(),
    }),
  ],
  'must be note, field, tag, assessment or link',
);

export type WriteTarget = z.output<typeof targetSchema>;
export type NoteTarget = Extract<WriteTarget, { as: 'note' }>;
type LinkTarget = Extract<WriteTarget, { as: 'link' }>;

export const writeBackSchema = z.array(targetSchema).max(20, 'must have at most 20 entries');

/** What the proxy can write into each built-in ATS. */
const SUPPORTED: Record<string, readonly WriteTarget['as'][]> = {
  greenhouse: ['note', 'field', 'link'],
  lever: ['note', 'tag', 'link'],
  ashby: ['note', 'field', 'assessment', 'link'],
};
/** The built-in ATSs that have a list of links. In the others, a custom field takes the link. */
const ATSS_WITH_LINK_LIST = new Set(['lever']);

/** Identifies a target. The outbox contains this key, so the order of the entries may change. */
export function getTargetKey(target: WriteTarget): string {
  const field = 'field' in target ? target.field : undefined;
  return [target.ats, target.as, ...(field === undefined ? [] : [field])].join(':');
}

/** Returns the ATS that all targets name, or undefined if they name several or none. */
export function getOnlyAts(targets: readonly WriteTarget[]): string | undefined {
  const names = new Set(targets.map(({ ats }) => ats));
  return names.size === 1 ? targets[0]?.ats : undefined;
}

/** Whether the proxy gives this ATS the candidate's link (`INVITE_DELIVERY=ats`). */
export function canDeliverLinks(targets: readonly WriteTarget[], ats: string): boolean {
  return targets.some((target) => target.as === 'link' && target.ats === ats && !target.dry_run);
}

/** Returns the setting's errors, given the connected ATSs. */
export function checkWriteBack(targets: readonly WriteTarget[], { custom, ...builtIn }: AtsConfig): string[] {
  const seen = new Set<string>();
  return targets.flatMap((target, index) => {
    const fail = (problem: string) => [`ATS_WRITE_BACK entry ${index + 1} ${problem}`];
    for (const occasion of target.on) {
      const key = `${getTargetKey(target)} ${occasion}`;
      if (seen.has(key)) return fail(`repeats an earlier entry for ${occasion}: remove one of them`);
      seen.add(key);
    }
    const { ats, as } = target;
    if (custom?.ats === ats) return checkCustomTarget(target, custom).flatMap(fail);
    if (!Object.hasOwn(builtIn, ats)) return fail(`names ${ats}, which is not connected: set its credentials`);
    if (!SUPPORTED[ats]?.includes(as)) return fail(`writes a ${as}, which ${ats} can't take here`);
    if ('request' in target && (target.request || target.look)) return fail('has a request, which only ATS_HTTP needs');
    return as === 'link' ? checkLinkField(target).flatMap(fail) : [];
  });
}

function checkLinkField({ ats, field }: LinkTarget): string[] {
  if (ATSS_WITH_LINK_LIST.has(ats))
    return field === undefined ? [] : [`has a field, but ${ats} has a list of links: remove it`];
  return field === undefined ? [`needs a field: the custom field of ${ats} that gets the link`] : [];
}

function checkCustomTarget(target: WriteTarget, custom: NonNullable<AtsConfig['custom']>): string[] {
  if (target.as !== 'note' && target.as !== 'link') {
    return ['must be a note or a link: what else the ATS takes is part of its request'];
  }
  if (!target.request) return ['needs a request, because ATS_HTTP describes this ATS'];
  if (target.as === 'link' && !JSON.stringify(target.request.body).includes('{link}')) {
    return ['needs {link} in the body of its request'];
  }
  if (Object.keys(custom.ids).length !== 1 || custom.application === undefined) {
    return ['needs an ATS_HTTP with one id and with application, so that the proxy can check the candidate'];
  }
  const { origin } = new URL(custom.url);
  const isSafe = (url: string) =>
    URL.canParse(url) && new URL(url).origin === origin && /^[^{}]*(\{application\}[^{}]*)*$/.test(url);
  const urls = [target.request.url, ...(target.look ? [target.look.url] : [])];
  return urls.every(isSafe)
    ? []
    : [`needs URLs on ${origin}, the host of ATS_HTTP, with no other placeholder than {application}`];
}
