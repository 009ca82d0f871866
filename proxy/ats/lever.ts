/** Lever: what its addresses and its API call a candidate is an opportunity, one person's for one posting at most. */
import { z } from 'zod';
import type { AtsConfig } from '../config/ats.ts';
import { basic, type Connector, idSchema, kindSchema, personOf } from './connector.ts';
import type { Ask } from './http.ts';

const opportunitySchema = z.object({
  data: z.object({
    id: idSchema,
    name: z.string().nullish(),
    emails: z.array(z.string()).nullish(),
    /** Ids alone where they were not expanded. */
    applications: z
      .array(z.union([z.string(), z.object({ posting: z.union([idSchema, z.object({ id: idSchema })]).nullish() })]))
      .nullish(),
  }),
});

const idsSchema = z.strictObject({ opportunity: kindSchema('uuid') });

export function createLever({ key, url }: NonNullable<AtsConfig['lever']>, ask: Ask): Connector {
  return {
    ats: 'lever',
    label: 'Lever',
    ids: idsSchema,
    async find({ opportunity = '' }, signal) {
      const answer = await ask({
        url: `${url}/opportunities/${encodeURIComponent(opportunity)}?expand=applications`,
        headers: { authorization: basic(key, '') },
        answer: opportunitySchema,
        signal,
      });
      if (answer?.data.id !== opportunity) return undefined;
      const { id, name, emails, applications } = answer.data;
      return personOf({
        application: id,
        emails: emails ?? [],
        name: name ?? '',
        jobs: (applications ?? []).flatMap((one) => (typeof one === 'string' ? [] : postingOf(one.posting))),
      });
    },
  };
}

function postingOf(posting: string | { id: string } | null | undefined): string[] {
  return posting ? [typeof posting === 'string' ? posting : posting.id] : [];
}
