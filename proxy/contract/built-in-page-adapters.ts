/**
 * The page adapters that come with a release. What they say of foreign pages is from public sources (docs/ats/ tells which
 * of it is verified) and may change any day: IT corrects it by `ATS_ADAPTERS`, without a release.
 */
import { z } from 'zod';
import { type Adapter, adapterSchema, atsNameSchema } from './page-adapter.ts';

const BUILT_IN: readonly z.input<typeof adapterSchema>[] = [
  {
    name: 'greenhouse',
    ats: 'greenhouse',
    hosts: ['*.greenhouse.io'],
    ids: { person: 'digits', application: 'digits' },
    addresses: [
      '/people/{person}/applications/{application}/**',
      '/people/{person}/**?application_id={application}',
      '/people/{person}/**',
    ],
    suspects: ['/people/*/**'],
  },
  {
    name: 'lever',
    ats: 'lever',
    hosts: ['hire.lever.co', 'hire.sandbox.lever.co'],
    ids: { opportunity: 'uuid' },
    addresses: ['/candidates/{opportunity}/**'],
    suspects: ['/candidates/*/**'],
  },
  {
    name: 'ashby',
    ats: 'ashby',
    hosts: ['app.ashbyhq.com'],
    ids: { candidate: 'uuid', application: 'uuid' },
    addresses: [
      '/candidate-searches/*/*/candidates/{candidate}/applications/{application}/**',
      '/candidate-searches/*/*/candidates/{candidate}/**',
      '/candidates/{candidate}/applications/{application}/**',
      '/candidates/{candidate}/**',
    ],
    suspects: ['/candidate-searches/*/*/candidates/*/**', '/candidates/*/**'],
  },
];

/**
 * What is served: the adapters above, each with the fields put over it that an entry of the same name gives; entries of other
 * names are added, in front, because their hosts may be narrower.
 */
export const adaptersSchema = z
  .array(z.looseObject({ name: atsNameSchema }))
  .max(50, 'takes 50 at the most')
  .refine((entries) => new Set(entries.map(({ name }) => name)).size === entries.length, 'names an adapter twice')
  .transform((entries) => {
    const known = new Map(BUILT_IN.map((adapter) => [adapter.name, adapter]));
    const own = entries.map((entry) => ({ ats: entry.name, ...known.get(entry.name), ...entry }));
    return [...own, ...BUILT_IN.filter(({ name }) => !entries.some((entry) => entry.name === name))];
  })
  .pipe(z.array(adapterSchema));

export const BUILT_IN_ADAPTERS: readonly Adapter[] = adaptersSchema.parse([]);
