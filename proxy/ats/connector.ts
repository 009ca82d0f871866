/** A connector looks up candidates through the API of one ATS, by the ids in the URLs of the ATS's pages. */
import { z } from 'zod';
import { normalizeId } from '../contract/candidate.ts';
import { type AtsIds, ID_PATTERNS, type IdKind, parseId } from '../contract/page-address.ts';
import { emailSchema, nameSchema } from '../contract/session.ts';

export interface Connector {
  ats: string;
  /** The ATS's name in the UI. */
  label: string;
  /** Which ids identify a candidate, and their formats. */
  idsSchema: z.ZodType<AtsIds>;
  /**
   * Returns undefined if no candidate matches, or if the ids belong to different candidates.
   * @throws AtsRejected, AtsUnavailable
   */
  findCandidate(ids: AtsIds, signal: AbortSignal): Promise<AtsCandidate | undefined>;
}

export interface AtsCandidate {
  /** Absent if the ids identify a person with several applications, or with none. */
  applicationId?: string;
  email?: string;
  name?: string;
  /** The jobs that the candidate is considered for. */
  jobIds: string[];
}

/** An id from an ATS's response, as text. JSON may contain it as a number. `parseJson` keeps large integers as text. */
export const idSchema = z.union([z.string().overwrite(normalizeId).min(1), z.int()]).transform(String);

/** An optional value. An invalid value counts as missing. */
export const validOrUndefined = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

/** Parses a list and drops its invalid items. A missing or invalid list counts as empty. */
export const listOfValid = <T extends z.ZodType>(item: T) =>
  z
    .array(z.unknown())
    .catch([])
    .transform((items) => items.flatMap((value) => keepIfValid(item.safeParse(value))));

function keepIfValid<T>({ success, data }: z.ZodSafeParseResult<T>): T[] {
  return success ? [data] : [];
}

/** An id from the URL of an ATS's page. */
export function createAtsIdSchema(kind: IdKind): z.ZodType<string> {
  return z
    .string()
    .regex(ID_PATTERNS[kind], `must be ${kind === 'text' ? 'letters and digits' : kind}`)
    .transform((text) => parseId(kind, text) ?? text);
}

/** Drops invalid emails and names. Uses the first valid email, in the ATS's order. */
export function toAtsCandidate(candidate: {
  applicationId?: string | undefined;
  emails: readonly unknown[];
  name: string;
  jobIds: readonly string[];
}): AtsCandidate {
  const { applicationId, jobIds } = candidate;
  const [email] = candidate.emails.flatMap((text) => emailSchema.safeParse(text).data ?? []);
  const name = nameSchema.safeParse(candidate.name).data;
  return {
    ...(applicationId && { applicationId }),
    ...(email && { email }),
    ...(name && { name }),
    jobIds: [...jobIds],
  };
}

/** Basic authentication (RFC 7617). Most ATSs expect their API key as the user name, without a password. */
export function buildBasicAuthHeader(user: string, password = ''): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
