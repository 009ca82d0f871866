/** What a connector is: it knows the ids of one ATS, and asks that ATS's own API who they stand for. */
import { z } from 'zod';
import { type AtsIds, ID_PATTERNS, type IdKind, parseId } from '../contract/page-address.ts';
import { emailSchema, singleLineSchema } from '../contract/session.ts';

export interface Connector {
  ats: string;
  /** The ATS as recruiters know it. */
  label: string;
  /** Which ids are enough, and what they look like. */
  idsSchema: z.ZodType<AtsIds>;
  /**
   * Asks who these ids stand for; undefined where it is nobody, or where it cannot be told which of two.
   * @throws AtsRejected, AtsUnavailable
   */
  findCandidate(ids: AtsIds, signal: AbortSignal): Promise<AtsCandidate | undefined>;
}

export interface AtsCandidate {
  /** Absent where the ids name a person whose application is not known. */
  applicationId?: string;
  email?: string;
  name?: string;
  /** The jobs that the person is considered for. */
  jobIds: string[];
}

const nameSchema = singleLineSchema(10_000);

/** An id of an ATS, which may be a number. */
export const idSchema = z.union([z.string().min(1), z.int()]).transform(String);

export function createIdSchema(kind: IdKind): z.ZodType<string> {
  return z
    .string()
    .regex(ID_PATTERNS[kind], `must be ${kind === 'text' ? 'letters and digits' : kind}`)
    .transform((text) => parseId(kind, text) ?? text);
}

/** @param emails in the ATS's own order; the first that is an address is the candidate's. */
export function toAtsCandidate(told: {
  application?: string | undefined;
  emails: readonly unknown[];
  name: string;
  jobs: readonly string[];
}): AtsCandidate {
  const { application, jobs } = told;
  const email = told.emails.flatMap((text) => emailSchema.safeParse(text).data ?? [])[0];
  const name = nameSchema.safeParse(told.name).data;
  return {
    ...(application && { applicationId: application }),
    ...(email && { email }),
    ...(name && { name }),
    jobIds: [...jobs],
  };
}

/** Basic authentication (RFC 7617). */
export function basicAuthHeader(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
