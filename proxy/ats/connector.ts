/** What a connector is: it knows the ids of one ATS, and asks that ATS's own API who they stand for. */
import { z } from 'zod';
import { ID_KINDS, type IdKind, type Ids, idOf } from '../contract/page-address.ts';
import { emailSchema, lineSchema } from '../contract/session.ts';

export interface Connector {
  ats: string;
  /** The ATS as recruiters know it. */
  label: string;
  /** Which ids are enough, and what they look like. */
  ids: z.ZodType<Ids>;
  /**
   * Asks who these ids stand for; undefined where it is nobody, or where it cannot be told which of two.
   * @throws AtsRejected, AtsUnavailable
   */
  find(ids: Ids, signal: AbortSignal): Promise<Person | undefined>;
}

export interface Person {
  /** Absent where the ids name a person whose application is not known. */
  application?: string;
  email?: string;
  name?: string;
  /** The jobs that the person is considered for. */
  jobs: string[];
}

const nameSchema = lineSchema(10_000);

/** An id of an ATS, which may be a number. */
export const idSchema = z.union([z.string().min(1), z.int()]).transform(String);

export function kindSchema(kind: IdKind): z.ZodType<string> {
  return z
    .string()
    .regex(ID_KINDS[kind], `must be ${kind === 'text' ? 'letters and digits' : kind}`)
    .transform((text) => idOf(kind, text) ?? text);
}

/** @param emails in the ATS's own order; the first that is an address is the candidate's. */
export function personOf(told: {
  application?: string | undefined;
  emails: readonly unknown[];
  name: string;
  jobs: readonly string[];
}): Person {
  const { application, jobs } = told;
  const email = told.emails.flatMap((text) => emailSchema.safeParse(text).data ?? [])[0];
  const name = nameSchema.safeParse(told.name).data;
  return { ...(application && { application }), ...(email && { email }), ...(name && { name }), jobs: [...jobs] };
}

/** Basic authentication (RFC 7617). */
export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
