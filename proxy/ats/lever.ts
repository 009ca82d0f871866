/** The connector for Lever. Lever's pages and API have the id of an opportunity, which is one person for at most one posting. */
import { z } from 'zod';
import type { AtsConfig } from '../config/ats.ts';
import {
  basicAuthHeader,
  type Connector,
  createPageIdSchema,
  idSchema,
  listOf,
  optional,
  toAtsCandidate,
} from './connector.ts';
import type { AtsFetch } from './http.ts';

const opportunitySchema = z.object({
  data: z.object({
    id: idSchema,
    name: optional(z.string()),
    emails: listOf(z.string()),
    /** `listOf` drops the applications that the response does not expand: they are only an id. */
    applications: listOf(z.object({ posting: z.union([idSchema, z.object({ id: idSchema })]) })),
  }),
});

const idsSchema = z.strictObject({ opportunity: createPageIdSchema('uuid') });

export function createLeverConnector({ key, url }: NonNullable<AtsConfig['lever']>, fetchAts: AtsFetch): Connector {
  return {
    ats: 'lever',
    label: 'Lever',
    idsSchema,
    async findCandidate({ opportunity: opportunityId = '' }, signal) {
      const response = await fetchAts({
        url: `${url}/opportunities/${encodeURIComponent(opportunityId)}?expand=applications`,
        headers: { authorization: basicAuthHeader(key) },
        responseSchema: opportunitySchema,
        signal,
      });
      if (response?.data.id !== opportunityId) return undefined;
      const { id, name, emails, applications } = response.data;
      return toAtsCandidate({
        // An opportunity takes the place of an application.
        applicationId: id,
        emails,
        name: name ?? '',
        jobIds: applications.map(({ posting }) => (typeof posting === 'string' ? posting : posting.id)),
      });
    },
  };
}
