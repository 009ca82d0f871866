/**
 * Ashby, whose candidates' ids change when two are merged: where the address has an application, that says who it is, unless the
 * other candidate is still there too.
 */
import { z } from 'zod';
import type { AtsConfig } from '../config/ats.ts';
import { basicAuthHeader, type Connector, createIdSchema, idSchema, toAtsCandidate } from './connector.ts';
import { invalidResponse } from './errors.ts';
import type { AtsFetch } from './http.ts';

const LABEL = 'Ashby';

const emailSchema = z.object({ value: z.string().nullish(), isPrimary: z.boolean().nullish() });

const candidateSchema = z.object({
  id: idSchema,
  name: z.string().nullish(),
  primaryEmailAddress: emailSchema.nullish(),
  emailAddresses: z.array(emailSchema).nullish(),
  applicationIds: z.array(idSchema).nullish(),
});
type Candidate = z.infer<typeof candidateSchema>;

const applicationSchema = z.object({
  id: idSchema,
  candidate: z.object({ id: idSchema }),
  job: z.object({ id: idSchema }).nullish(),
});

/** `success` says whether it is an answer, whatever the status. */
const answerSchema = z.object({
  success: z.boolean(),
  results: z.unknown().optional(),
  errors: z.array(z.unknown()).nullish(),
});

const idsSchema = z
  .strictObject({ candidate: createIdSchema('uuid').optional(), application: createIdSchema('uuid').optional() })
  .refine((ids) => ids.candidate ?? ids.application, 'must name a candidate or an application')
  .transform((ids) => ids as Record<string, string>);

/** Applications of one candidate that are looked at; of more than these it is not known which jobs they are for. */
const MAX_APPLICATIONS = 20;

export function createAshbyConnector({ key, url }: NonNullable<AtsConfig['ashby']>, ask: AtsFetch): Connector {
  async function call<T>(method: string, body: object, results: z.ZodType<T>, signal: AbortSignal) {
    const answer = await ask({
      url: `${url}/${method}`,
      method: 'POST',
      headers: {
        authorization: basicAuthHeader(key, ''),
        'content-type': 'application/json',
        accept: 'application/json; version=1',
      },
      body: JSON.stringify(body),
      responseSchema: answerSchema,
      signal,
    });
    if (!answer) return undefined;
    if (!answer.success && /not_?found/i.test(JSON.stringify(answer.errors))) return undefined;
    const parsed = results.safeParse(answer.results);
    if (answer.success && parsed.success) return parsed.data;
    throw invalidResponse(
      LABEL,
      answer.success ? `${method} lacks ${parsed.error?.issues[0]?.path.join('.')}` : `${method} did not succeed`,
    );
  }

  const candidate = (id: string, signal: AbortSignal) => call('candidate.info', { id }, candidateSchema, signal);
  const application = async (applicationId: string, signal: AbortSignal) => {
    const found = await call('application.info', { applicationId }, applicationSchema, signal);
    return found?.id === applicationId ? found : undefined;
  };

  return {
    ats: 'ashby',
    label: LABEL,
    idsSchema: idsSchema,
    async findCandidate(ids, signal) {
      if (ids['application']) {
        const found = await application(ids['application'], signal);
        if (!found) return undefined;
        const { id } = found.candidate;
        if (ids['candidate'] && ids['candidate'] !== id) {
          const other = await candidate(ids['candidate'], signal);
          if (other && other.id !== id) return undefined;
        }
        const person = await candidate(id, signal);
        if (person?.id !== id) return undefined;
        return toAtsCandidate({ ...pickContact(person), application: found.id, jobs: found.job ? [found.job.id] : [] });
      }
      const person = await candidate(ids['candidate'] ?? '', signal);
      if (person?.id !== ids['candidate']) return undefined;
      const all = person?.applicationIds ?? [];
      const applications = await Promise.all(all.slice(0, MAX_APPLICATIONS).map((id) => application(id, signal)));
      return (
        person &&
        toAtsCandidate({
          ...pickContact(person),
          ...(all.length === 1 && { application: applications[0]?.id }),
          jobs: applications.flatMap((one) => (one?.candidate.id === person.id && one.job ? [one.job.id] : [])),
        })
      );
    },
  };
}

/** Of several addresses of which none is marked, none is taken. */
function pickContact({ name, primaryEmailAddress, emailAddresses }: Candidate) {
  const all = emailAddresses ?? [];
  const primary =
    primaryEmailAddress ?? all.find(({ isPrimary }) => isPrimary) ?? (all.length === 1 ? all[0] : undefined);
  return { name: name ?? '', emails: [primary?.value] };
}
