/**
 * The connector for Lever. The URLs of Lever's pages contain the id of an opportunity. An opportunity is one person's
 * application, for at most one posting.
 */
import { z } from 'zod';
import type { AtsConfig } from '../config/ats.ts';
import {
  buildBasicAuthHeader,
  type Connector,
  createAtsIdSchema,
  idSchema,
  listOfValid,
  toAtsCandidate,
  validOrUndefined,
} from './connector.ts';
import type { AtsFetch } from './http.ts';

const opportunitySchema = z.object({
  data: z.object({
    id: idSchema,
    name: validOrUndefined(z.string()),
    emails: listOfValid(z.string()),
    /** Without `expand=applications`, each application is only an id, which `listOfValid` drops. */
    applications: listOfValid(z.object({ posting: z.union([idSchema, z.object({ id: idSchema })]) })),
  }),
});

const idsSchema = z.strictObject({ opportunity: createAtsIdSchema('uuid') });

export function createLeverConnector({ key, url }: NonNullable<AtsConfig['lever']>, fetchAts: AtsFetch): Connector {
  return {
    ats: 'lever',
    label: 'Lever',
    idsSchema,
    async findCandidate({ opportunity: opportunityId = '' }, signal) {
      const response = await fetchAts({
        url: `${url}/opportunities/${encodeURIComponent(opportunityId)}?expand=applications`,
        headers: { authorization: buildBasicAuthHeader(key) },
        responseSchema: opportunitySchema,
        signal,
      });
      if (response?.data.id !== opportunityId) return undefined;
      const { id, name, emails, applications } = response.data;
      return toAtsCandidate({
        applicationId: id,
        emails,
        name: name ?? '',
        jobIds: applications.map(({ posting }) => (typeof posting === 'string' ? posting : posting.id)),
      });
    },
  };
}
