/** Writes into Greenhouse (Harvest v3): notes, and custom fields of the candidate. */
import { z } from 'zod';
import type { AtsConfig } from '../config/ats.ts';
import type { NoteTarget } from '../config/write-back.ts';
import type { Clock } from '../util/clock.ts';
import { idSchema, listOfValid } from './connector.ts';
import { createGreenhouseApi } from './greenhouse-api.ts';
import type { AtsFetch } from './http.ts';
import { type AtsWrite, createWriter, type WriteDestination, type Writer } from './writer.ts';

const candidateSchema = z.object({ id: idSchema, email_addresses: listOfValid(z.object({ value: z.string() })) });
const applicationSchema = z.object({ id: idSchema, candidate_id: idSchema });
const noteSchema = z.object({ candidate_id: idSchema, body: z.string() });
/** Greenhouse's maximum. */
const PAGE_SIZE = '500';

export function createGreenhouseWriter(
  config: NonNullable<AtsConfig['greenhouse']>,
  visibility: NonNullable<NoteTarget['visibility']>,
  fetchAts: AtsFetch,
  clock: Clock,
): Writer {
  const { request, fetchRows } = createGreenhouseApi(config, fetchAts, clock);

  function buildRequest({ applicationId, candidateId }: WriteDestination, { entry }: AtsWrite) {
    if (entry.as === 'field' || entry.as === 'link') {
      const custom_fields = [{ name_key: entry.field, value: entry.as === 'link' ? entry.url : entry.value }];
      return { path: `/candidates/${candidateId}`, method: 'PATCH' as const, body: { custom_fields } };
    }
    if (entry.as !== 'note') throw new Error(`cannot write a ${entry.as} into Greenhouse`);
    const body = {
      candidate_id: Number(candidateId),
      application_id: Number(applicationId),
      body: entry.text,
      visibility,
      note_type: 'NOTE',
      ...(config.userId && { user_id: Number(config.userId) }),
    };
    return { path: '/notes', method: 'POST' as const, body };
  }

  return createWriter({
    ats: 'greenhouse',
    label: 'Greenhouse',
    async findDestination(applicationId, signal) {
      const applications = await fetchRows('/applications', { ids: applicationId }, applicationSchema, signal);
      const application = applications.find(({ id }) => id === applicationId);
      if (!application) return undefined;
      const { candidate_id } = application;
      const candidates = await fetchRows('/candidates', { ids: candidate_id }, candidateSchema, signal);
      const candidate = candidates.find(({ id }) => id === candidate_id);
      if (!candidate) return undefined;
      const emails = candidate.email_addresses.map(({ value }) => value);
      return { applicationId: application.id, candidateId: candidate.id, emails };
    },
    async countCopies({ candidateId }, { entry, marker }, signal) {
      // Setting a field twice does no harm.
      if (entry.as !== 'note') return 0;
      const notes = await fetchRows('/notes', { candidate_ids: candidateId, per_page: PAGE_SIZE }, noteSchema, signal);
      return notes.filter(({ candidate_id, body }) => candidate_id === candidateId && body.includes(marker)).length;
    },
    // Checks the permission to write: Greenhouse refuses a note without a candidate, so nothing is stored.
    sendIncomplete: (signal) => request('/notes', { method: 'POST', body: '{}', signal }),
    async send(destination, write, signal) {
      const { path, method, body } = buildRequest(destination, write);
      return (await request(path, { method, body: JSON.stringify(body), signal })) !== undefined;
    },
  });
}
