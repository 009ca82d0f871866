/**
 * The connector for Ashby. When Ashby merges two candidates, one of their ids disappears, but all application ids stay.
 * So if the page's URL has a candidate id and an application id, the connector looks up the application. It returns no
 * candidate if the candidate id in the URL still belongs to another candidate than the application's.
 */
import { z } from 'zod';
import type { AtsConfig } from '../config/ats.ts';
import { createAshbyCall } from './ashby-api.ts';
import {
  type Connector,
  createAtsIdSchema,
  idSchema,
  listOfValid,
  toAtsCandidate,
  validOrUndefined,
} from './connector.ts';
import type { AtsFetch } from './http.ts';

const LABEL = 'Ashby';

const emailSchema = z.object({ value: z.string(), isPrimary: validOrUndefined(z.boolean()) });

const candidateSchema = z.object({
  id: idSchema,
  name: validOrUndefined(z.string()),
  primaryEmailAddress: validOrUndefined(emailSchema),
  emailAddresses: listOfValid(emailSchema),
  applicationIds: listOfValid(idSchema),
});
type Candidate = z.infer<typeof candidateSchema>;

const applicationSchema = z.object({
  id: idSchema,
  candidate: z.object({ id: idSchema }),
  job: validOrUndefined(z.object({ id: idSchema })),
});

const idsSchema = z
  .strictObject({
    candidate: createAtsIdSchema('uuid').optional(),
    application: createAtsIdSchema('uuid').optional(),
  })
  .refine((ids) => ids.candidate ?? ids.application, 'must name a candidate or an application')
  .transform((ids) => ids as Record<string, string>);

/** Each application costs one call. The connector ignores all applications after the first 20. */
const MAX_APPLICATIONS = 20;

export function createAshbyConnector(config: NonNullable<AtsConfig['ashby']>, fetchAts: AtsFetch): Connector {
  const call = createAshbyCall(config, fetchAts);

  async function getCandidate(id: string, signal: AbortSignal): Promise<Candidate | undefined> {
    return call('candidate.info', { id }, candidateSchema, signal);
  }

  async function getApplication(applicationId: string, signal: AbortSignal) {
    const application = await call('application.info', { applicationId }, applicationSchema, signal);
    return application?.id === applicationId ? application : undefined;
  }

  async function findByApplication(applicationId: string, urlCandidateId: string | undefined, signal: AbortSignal) {
    const application = await getApplication(applicationId, signal);
    if (!application) return undefined;
    const { id: candidateId } = application.candidate;
    if (urlCandidateId && urlCandidateId !== candidateId) {
      // If the two candidates were merged, Ashby may return the merged candidate for the old id.
      const urlCandidate = await getCandidate(urlCandidateId, signal);
      if (urlCandidate && urlCandidate.id !== candidateId) return undefined;
    }
    const candidate = await getCandidate(candidateId, signal);
    if (candidate?.id !== candidateId) return undefined;
    return toAtsCandidate({
      ...pickContact(candidate),
      applicationId: application.id,
      jobIds: application.job ? [application.job.id] : [],
    });
  }

  async function findByCandidate(candidateId: string, signal: AbortSignal) {
    const candidate = await getCandidate(candidateId, signal);
    if (candidate?.id !== candidateId) return undefined;
    const { applicationIds } = candidate;
    const applications = await Promise.all(
      applicationIds.slice(0, MAX_APPLICATIONS).map((id) => getApplication(id, signal)),
    );
    return toAtsCandidate({
      ...pickContact(candidate),
      ...(applicationIds.length === 1 && { applicationId: applications[0]?.id }),
      jobIds: applications.flatMap((application) =>
        application?.candidate.id === candidate.id && application.job ? [application.job.id] : [],
      ),
    });
  }

  return {
    ats: 'ashby',
    label: LABEL,
    idsSchema,
    findCandidate: ({ application: applicationId, candidate: candidateId }, signal) =>
      applicationId
        ? findByApplication(applicationId, candidateId, signal)
        : findByCandidate(candidateId ?? '', signal),
  };
}

/** Returns the name, and the primary email or the only email. */
function pickContact({ name, primaryEmailAddress, emailAddresses }: Candidate) {
  const primary =
    primaryEmailAddress ??
    emailAddresses.find(({ isPrimary }) => isPrimary) ??
    (emailAddresses.length === 1 ? emailAddresses[0] : undefined);
  return { name: name ?? '', emails: [primary?.value] };
}
