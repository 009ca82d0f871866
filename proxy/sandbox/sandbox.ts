/**
 * Everything that is needed to try the product on one machine: a simulated Evalon, a demo ATS, a gallery and a builder, mounted in the proxy's own
 * server. All stay outside: they and the proxy talk over HTTP only.
 */
import { fileURLToPath } from 'node:url';
import express, { type Router } from 'express';
import type { Assessment } from '../contract/client-config.ts';
import type { Adapter } from '../contract/page-adapter.ts';
import { createBuilder } from './builder/builder.ts';
import { createDemoAts } from './demo/ats.ts';
import { createCandidates } from './demo/candidates.ts';
import { createSimulatedEvalon } from './evalon/simulated.ts';
import { createGallery } from './gallery/gallery.ts';
import { MOCK_ATS_ADAPTERS } from './mock-ats/ids.ts';
import { createMockAtsPages, createMockConnector } from './mock-ats/mock-ats.ts';
import { seed } from './seed.ts';

/** Below the public address: where the simulated Evalon is. */
const EVALON_PREFIX = '/evalon';

/** What the demo offers unless told otherwise. */
const DEMO_ASSESSMENTS: Assessment[] = [
  { project_id: 'proj_demo_marketing', assessment_type: 'marketing', label: 'Marketing' },
  { project_id: 'proj_demo_marketing', assessment_type: 'copywriting', label: 'Copywriting' },
  { project_id: 'proj_demo_sales', assessment_type: 'sales', label: 'Sales' },
];

export interface SandboxOptions {
  /** The proxy's address, without a slash at the end. */
  publicUrl: string;
  /** Where the simulated Evalon sends its webhooks. */
  webhookUrl: string;
  /** What the simulated Evalon demands as bearer. */
  apiKey: string;
  /** The simulated Evalon's own SQLite file, or `:memory:`. */
  databaseFile: string;
  /** What is offered: marketing, copywriting and sales by default. */
  assessments?: Assessment[];
  /** An origin of pages that the proxy allows. */
  atsOrigin?: string;
  log: (message: string, facts?: object) => void;
  /** The system's time by default. */
  clock?: { now(): number };
  /** 0 to 1: what happens to webhooks on the way. `Math.random` by default. */
  random?: () => number;
}

export interface Sandbox {
  /** Where the simulated Evalon's API is, as a proxy's `EVALON_BASE_URL` would say. */
  baseUrl: string;
  assessments: Assessment[];
  /** How the imitated ATSs' pages are read, and who knows the ids in their addresses. */
  adapters: readonly Adapter[];
  connector: ReturnType<typeof createMockConnector>;
  router: Router;
  /** Makes the demo's first sessions; answers when their webhooks have arrived. Does nothing the second time. */
  seed(): Promise<void>;
  close(): Promise<void>;
}

export function createSandbox(options: SandboxOptions): Sandbox {
  const {
    publicUrl,
    assessments = DEMO_ASSESSMENTS,
    atsOrigin: page,
    log,
    clock = Date,
    random = Math.random,
  } = options;
  const baseUrl = `${publicUrl}${EVALON_PREFIX}`;
  const evalon = createSimulatedEvalon({ ...options, baseUrl, assessments, clock, random });
  const router = express.Router();
  router.use('/sandbox', express.static(fileURLToPath(new URL('./assets/', import.meta.url)), { index: false }));
  router.use(EVALON_PREFIX, evalon.router);
  router.use(createDemoAts({ clock, candidates: createCandidates(evalon, random) }));
  const gallery = createGallery();
  router.use(gallery.router);
  router.use(createBuilder(page));
  router.use(createMockAtsPages(publicUrl));
  return {
    baseUrl,
    assessments,
    adapters: MOCK_ATS_ADAPTERS,
    connector: createMockConnector(publicUrl),
    router,
    seed: () => seed({ publicUrl, assessments, evalon, log }),
    close() {
      gallery.close();
      return evalon.close();
    },
  };
}
