/**
 * The connector for Greenhouse (Harvest v3). A person in the URLs of Greenhouse is a candidate in the API. When
 * Greenhouse merges two people, one person id disappears, but all application ids stay. So if the page's URL has both
 * ids, the connector looks up the application. The connector returns no candidate if the URL's person id still belongs
 * to a different person.
 */
import { z } from 'zod';
import type { AtsConfig } from '../config/ats.ts';
import type { Clock } from '../util/clock.ts';
import {
  type Connector,
  createAtsIdSchema,
  idSchema,
  listOfValid,
  toAtsCandidate,
  validOrUndefined,
} from './connector.ts';
import { createGreenhouseApi } from './greenhouse-api.ts';
import type { AtsFetch } from './http.ts';

const LABEL = 'Greenhouse';

const candidateSchema = z.object({
  id: idSchema,
  first_name: validOrUndefined(z.string()),
  last_name: validOrUndefined(z.string()),
  email_addresses: listOfValid(z.object({ value: z.string() })),
});

/** A prospect has no `job_id`, but may have `prospective_job_ids`. */
const applicationSchema = z.object({
  id: idSchema,
  candidate_id: idSchema,
  job_id: validOrUndefined(idSchema),
  prospective_job_ids: listOfValid(idSchema),
});
type Application = z.infer<typeof applicationSchema>;

/** Greenhouse's maximum. */
const PAGE_SIZE = '500';

const idsSchema = z
  .strictObject({
    person: createAtsIdSchema('digits').optional(),
    application: createAtsIdSchema('digits').optional(),
  })
  .refine((ids) => ids.person ?? ids.application, 'must name a person or an application')
  .transform((ids) => ids as Record<string, string>);

export function createGreenhouseConnector(
  config: NonNullable<AtsConfig['greenhouse']>,
  fetchAts: AtsFetch,
  clock: Clock,
): Connector {
  const { fetchRows } = createGreenhouseApi(config, fetchAts, clock);

  async function getCandidate(id: string, signal: AbortSignal) {
    const candidates = await fetchRows('/candidates', { ids: id }, candidateSchema, signal);
    return candidates.find((candidate) => candidate.id === id);
  }

  /** Filters the list again, in case the API ignores the query. */
  async function listApplications(personId: string, applicationId: string | undefined, signal: AbortSignal) {
    if (applicationId) {
      const rows = await fetchRows('/applications', { ids: applicationId }, applicationSchema, signal);
      return rows.filter(({ id }) => id === applicationId);
    }
    const filter = { candidate_ids: personId, per_page: PAGE_SIZE };
    const rows = await fetchRows('/applications', filter, applicationSchema, signal);
    return rows.filter(({ candidate_id }) => candidate_id === personId);
  }

  return {
    ats: 'greenhouse',
    label: LABEL,
    idsSchema,
    async findCandidate({ person: personId = '', application: applicationId }, signal) {
      const applications = await listApplications(personId, applicationId, signal);
      if (applicationId && applications.length !== 1) return undefined;
      const candidateId = applications[0]?.candidate_id ?? personId;
      const hasOtherPerson = personId !== '' && personId !== candidateId;
      if (hasOtherPerson && (await getCandidate(personId, signal))) return undefined;
      const candidate = await getCandidate(candidateId, signal);
      if (!candidate) return undefined;
      return toAtsCandidate({
        ...(applications.length === 1 && { applicationId: applications[0]?.id }),
        emails: candidate.email_addresses.map(({ value }) => value),
        name: [candidate.first_name, candidate.last_name].filter(Boolean).join(' '),
        jobIds: applications.flatMap(listJobIds),
      });
    },
  };
}

function listJobIds({ job_id, prospective_job_ids }: Application): string[] {
  return job_id === undefined ? prospective_job_ids : [job_id];
}
