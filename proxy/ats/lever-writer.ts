/** Writes into Lever: notes, tags and links of an opportunity. */
import { z } from 'zod';
import type { AtsConfig } from '../config/ats.ts';
import { buildBasicAuthHeader, idSchema, listOfValid, validOrUndefined } from './connector.ts';
import type { AtsFetch } from './http.ts';
import { createWriter, type WriteEntry, type Writer } from './writer.ts';

const opportunitySchema = z.object({
  data: z.object({
    id: idSchema,
    emails: listOfValid(z.string()),
    tags: listOfValid(z.string()),
    links: listOfValid(z.string()),
  }),
});
const notesSchema = z.object({
  data: listOfValid(
    z.object({ fields: listOfValid(z.object({ value: z.string() })), deletedAt: validOrUndefined(z.number()) }),
  ),
  hasNext: validOrUndefined(z.boolean()),
  next: validOrUndefined(z.string()),
});
/** Lever's maximum. */
const PAGE_SIZE = '100';
const MAX_PAGES = 10;
const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';

export function createLeverWriter({ key, url }: NonNullable<AtsConfig['lever']>, fetchAts: AtsFetch): Writer {
  const headers = { authorization: buildBasicAuthHeader(key) };
  const buildUrl = (id: string, path = '') => `${url}/opportunities/${encodeURIComponent(id)}${path}`;
  const getOpportunity = (id: string, signal: AbortSignal) =>
    fetchAts({ url: buildUrl(id), headers, responseSchema: opportunitySchema, signal });

  async function countNoteCopies(id: string, marker: string, signal: AbortSignal): Promise<number> {
    let copies = 0;
    let offset: string | undefined;
    for (let page = 0; page < MAX_PAGES; page++) {
      const query = new URLSearchParams({ limit: PAGE_SIZE, ...(offset && { offset }) });
      const notes = await fetchAts({
        url: buildUrl(id, `/notes?${query}`),
        headers,
        responseSchema: notesSchema,
        signal,
      });
      for (const { fields, deletedAt } of notes?.data ?? []) {
        if (deletedAt === undefined && fields.some(({ value }) => value.includes(marker))) copies += 1;
      }
      offset = notes?.next;
      if (!notes?.hasNext || !offset) break;
    }
    return copies;
  }

  return createWriter({
    ats: 'lever',
    label: 'Lever',
    async findDestination(applicationId, signal) {
      const opportunity = (await getOpportunity(applicationId, signal))?.data;
      return opportunity && { applicationId: opportunity.id, candidateId: opportunity.id, emails: opportunity.emails };
    },
    async countCopies({ candidateId }, { entry, marker }, signal) {
      if (entry.as === 'note') return countNoteCopies(candidateId, marker, signal);
      const opportunity = await getOpportunity(candidateId, signal);
      if (entry.as === 'tag') return opportunity?.data.tags.includes(entry.tag) ? 1 : 0;
      return entry.as === 'link' && opportunity?.data.links.includes(entry.url) ? 1 : 0;
    },
    // Checks the permission to write: Lever finds no such candidate, so nothing is stored.
    sendIncomplete: (signal) =>
      fetchAts({
        url: buildUrl(UNKNOWN_ID, '/notes'),
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: '{}',
        signal,
      }),
    async send({ candidateId }, { entry }, signal) {
      const [path, body] = buildRequest(entry);
      const response = await fetchAts({
        url: buildUrl(candidateId, path),
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal,
      });
      return response !== undefined;
    },
  });
}

function buildRequest(entry: WriteEntry): [path: string, body: object] {
  switch (entry.as) {
    case 'note':
      return ['/notes', { value: entry.text }];
    case 'tag':
      return ['/addTags', { tags: [entry.tag] }];
    case 'link':
      return ['/addLinks', { links: [entry.url] }];
    default:
      throw new Error(`cannot write a ${entry.as} into Lever`);
  }
}
