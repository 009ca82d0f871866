/**
 * The built-in page adapters. They are based on public information; docs/ats/ lists what has been verified. If an ATS
 * changes its pages, IT can correct the adapter in `ATS_ADAPTERS` without a new release.
 */
import { z } from 'zod';
import { type Adapter, adapterSchema, atsNameSchema } from './page-adapter.ts';

/** The hosts that recruiters use. Greenhouse's other hosts serve public job boards with similar addresses. */
export const GREENHOUSE_HOSTS: readonly string[] = [
  'app.greenhouse.io',
  // app2 to app15
  ...Array.from({ length: 14 }, (_, index) => `app${index + 2}.greenhouse.io`),
  'app.eu.greenhouse.io',
];

const BUILT_IN: readonly z.input<typeof adapterSchema>[] = [
  {
    name: 'greenhouse',
    ats: 'greenhouse',
    hosts: [...GREENHOUSE_HOSTS],
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
 * Merges the entries of `ATS_ADAPTERS` with the built-in adapters. An entry overrides fields of the built-in adapter
 * with the same name. All entries come before the remaining built-in adapters, because an entry's hosts may be more
 * specific.
 */
export const adaptersSchema = z
  .array(z.looseObject({ name: atsNameSchema }))
  .max(50, 'accepts at most 50')
  .refine((entries) => new Set(entries.map(({ name }) => name)).size === entries.length, 'names an adapter twice')
  .transform((entries) => {
    const builtIn = new Map(BUILT_IN.map((adapter) => [adapter.name, adapter]));
    const merged = entries.map((entry) => ({ ats: entry.name, ...builtIn.get(entry.name), ...entry }));
    return [...merged, ...BUILT_IN.filter(({ name }) => !entries.some((entry) => entry.name === name))];
  })
  .pipe(z.array(adapterSchema));

export const BUILT_IN_ADAPTERS: readonly Adapter[] = adaptersSchema.parse([]);
