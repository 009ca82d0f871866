/**
 * The sandbox in the proxy's server: a simulated Evalon, four simulated ATSs with mock pages, a demo ATS, a gallery and
 * a builder. They call the proxy only over HTTP.
 */
import { fileURLToPath } from 'node:url';
import express, { type Router } from 'express';
import type { Assessment } from '../contract/client-config.ts';
import type { Adapter } from '../contract/page-adapter.ts';
import { createBuilder, type PinnedVersion } from './builder/builder.ts';
import { createDemoAts } from './demo/ats.ts';
import { createDemoCandidates } from './demo/candidates.ts';
import { PEOPLE } from './demo/people/people.ts';
import { COLLEAGUE, type DemoRecruiter, RECRUITER } from './demo/recruiters.ts';
import { createRandomNetwork, type NetworkConditions } from './evalon/network-conditions.ts';
import type { SimulatedSession } from './evalon/session-repository.ts';
import { createSimulatedEvalon } from './evalon/simulated-evalon.ts';
import { createGallery } from './gallery/gallery.ts';
import { createMockAtsPages } from './mock-ats/mock-ats.ts';
import { MOCK_ATS_ADAPTERS } from './mock-ats/mock-ats-list.ts';
import { createSandboxClock } from './sandbox-clock.ts';
import { seed } from './seed/seed.ts';
import {
  createAtsConnectors,
  createLinkDelivery,
  createSimulatedAtss,
  createWriteBack,
  type SimulatedAtss,
} from './simulated-ats/simulated-atss.ts';

const EVALON_PREFIX = '/evalon';
const ATS_API_PREFIX = '/ats-api';
/** The simulated ATSs number the jobs in this order. */
const JOB_IDS = [...new Set(PEOPLE.map(({ job }) => job.id))];

const DEMO_ASSESSMENTS: Assessment[] = [
  { project_id: 'proj_demo_marketing', assessment_type: 'marketing', label: 'Marketing' },
  { project_id: 'proj_demo_marketing', assessment_type: 'copywriting', label: 'Copywriting' },
  { project_id: 'proj_demo_sales', assessment_type: 'sales', label: 'Sales' },
  { project_id: 'proj_demo_graduates', assessment_type: 'graduate', label: 'Graduate' },
];

export interface SandboxOptions {
  /** The proxy's URL, without a trailing slash. */
  publicUrl: string;
  webhookUrl: string;
  /** The key that the simulated Evalon accepts. */
  apiKey: string;
  /** The simulated Evalon's own SQLite file, or `:memory:`. */
  databaseFile: string;
  /** The simulated ATSs' own SQLite file, or `:memory:`. */
  atsDatabaseFile: string;
  /** Default: the assessments of the demo's jobs. */
  assessments?: Assessment[];
  /** The origin of the customer's pages, for the builder. */
  atsOrigin?: string;
  /** The file of this release, for the builder. Undefined if the file is not built. */
  pinned?: PinnedVersion;
  log: (message: string, facts?: object) => void;
  clock?: { now(): number };
  /** Default: `createRandomNetwork`. */
  network?: NetworkConditions;
}

export interface Sandbox {
  /** URL of the simulated Evalon, for `EVALON_BASE_URL`. */
  baseUrl: string;
  assessments: Assessment[];
  recruiters: readonly [DemoRecruiter, ...DemoRecruiter[]];
  /** Returns the time of the sandbox's and the proxy's wall clock. During the seed, the time is in the past. */
  now(): number;
  /** Page adapters of the mock ATS pages. */
  adapters: readonly Adapter[];
  /** Connectors to the simulated ATSs. */
  connectors: ReturnType<typeof createAtsConnectors>;
  /** Entries in the form of `ATS_WRITE_BACK`, with which the proxy writes notes into the simulated ATSs. */
  writeBack: ReturnType<typeof createWriteBack>;
  /** Entries in the form of `ATS_WRITE_BACK`, with which the simulated ATSs get the candidate's link. */
  linkDelivery: ReturnType<typeof createLinkDelivery>;
  atss: SimulatedAtss;
  router: Router;
  /** Creates the demo's history of several days, once, and starts a cohort. */
  seed(): Promise<void>;
  close(): Promise<void>;
}

export function createSandbox(options: SandboxOptions): Sandbox {
  const { publicUrl, webhookUrl, apiKey, databaseFile, log } = options;
  const { assessments = DEMO_ASSESSMENTS, network = createRandomNetwork(Math.random) } = options;
  const clock = createSandboxClock(options.clock ?? Date);
  const baseUrl = `${publicUrl}${EVALON_PREFIX}`;
  const getLabel = ({ project_id, assessment_type }: SimulatedSession) =>
    assessments.find((offer) => offer.project_id === project_id && offer.assessment_type === assessment_type)?.label ??
    assessment_type;
  const evalon = createSimulatedEvalon({ baseUrl, webhookUrl, apiKey, databaseFile, getLabel, network, log, clock });
  const atss = createSimulatedAtss({
    people: PEOPLE.map(({ name, email, job }) => ({ name, email, jobId: String(JOB_IDS.indexOf(job.id) + 1) })),
    databaseFile: options.atsDatabaseFile,
    clock,
  });
  const gallery = createGallery(clock);

  const router = express.Router();
  router.use('/sandbox', express.static(fileURLToPath(new URL('./assets/', import.meta.url)), { index: false }));
  router.use(EVALON_PREFIX, evalon.router);
  router.use(ATS_API_PREFIX, atss.router);
  router.use(createDemoAts({ clock, candidates: createDemoCandidates(evalon) }));
  router.use(gallery.router);
  router.use(createBuilder(options.atsOrigin, options.pinned));
  router.use(createMockAtsPages(publicUrl, atss.records));

  return {
    baseUrl,
    assessments,
    recruiters: [RECRUITER, COLLEAGUE],
    now: clock.now,
    adapters: MOCK_ATS_ADAPTERS,
    connectors: createAtsConnectors(`${publicUrl}${ATS_API_PREFIX}`),
    writeBack: createWriteBack(`${publicUrl}${ATS_API_PREFIX}`),
    linkDelivery: createLinkDelivery(`${publicUrl}${ATS_API_PREFIX}`),
    atss,
    router,
    seed: () => seed({ publicUrl, assessments, evalon, clock, log }),
    close() {
      gallery.close();
      atss.close();
      return evalon.close();
    },
  };
}
