/** The simulated Evalon: the API, the candidate's pages, the webhooks. It serves the sandbox and the tests. */
import express, { type Router } from 'express';
import type { ApiRequest } from './api.ts';
import { createApiRouter } from './api-router.ts';
import { createCandidateRoutes } from './candidate-routes.ts';
import { openDatabase } from './database.ts';
import { createTranslator, type Dialect, type Translator } from './dialects.ts';
import { FaultQueue, type PlannedFault, type RequestKind } from './faults.ts';
import { IDEAL_NETWORK, type NetworkConditions } from './network-conditions.ts';
import { Outbox } from './outbox.ts';
import { SessionLifecycle } from './session-lifecycle.ts';
import { SessionRepository, type SimulatedSession } from './session-repository.ts';
import { WebhookSender } from './webhook-sender.ts';

/** The limit in Evalon's guide. */
const RATE_PER_MINUTE = 100;

export interface SimulatedEvalonOptions {
  /** URL of the router, without a trailing slash. */
  baseUrl: string;
  apiKey: string;
  /** Default: the session's assessment type. */
  getLabel?: (session: SimulatedSession) => string;
  /** Default: no webhooks are sent. */
  webhookUrl?: string;
  /** The secret for signatures as in Standard Webhooks (`whsec_…`). Default: webhooks have no signature. */
  webhookSecret?: string;
  /** Default: in memory. */
  databaseFile?: string;
  /** Default: the limit in Evalon's guide. */
  ratePerMinute?: number;
  /** Default: true. */
  hasBatchEndpoint?: boolean;
  /** The format of responses and webhooks. Default: as in Evalon's guide. */
  dialect?: Dialect;
  /** Faults of the API. Default: none. */
  faults?: readonly PlannedFault[];
  /** Default: `IDEAL_NETWORK`. */
  network?: NetworkConditions;
  onRequest?: (request: ApiRequest & { kind: RequestKind }) => void;
  log?: (message: string, facts?: object) => void;
  clock?: { now(): number };
}

export interface SimulatedEvalon {
  router: Router;
  repository: SessionRepository;
  lifecycle: SessionLifecycle;
  webhookSender: WebhookSender;
  faults: FaultQueue;
  translator: Translator;
  getCandidateUrl(session: SimulatedSession): string;
  close(): Promise<void>;
}

export function createSimulatedEvalon(options: SimulatedEvalonOptions): SimulatedEvalon {
  const { baseUrl, apiKey, clock = Date, log = () => {}, network = IDEAL_NETWORK } = options;
  const database = openDatabase(options.databaseFile ?? ':memory:');
  const repository = new SessionRepository(database);
  const webhookSender = new WebhookSender({
    outbox: new Outbox(database),
    url: options.webhookUrl,
    secret: options.webhookSecret,
    clock,
    log,
  });
  const translator = createTranslator(options.dialect);
  const lifecycle = new SessionLifecycle({ repository, webhookSender, network, clock, translator });
  const faults = new FaultQueue(options.faults);
  const getCandidateUrl = ({ link_token }: SimulatedSession) => `${baseUrl}/take/${link_token}`;

  const router = express.Router();
  const getLabel = options.getLabel ?? (({ assessment_type }: SimulatedSession) => assessment_type);
  router.use('/take', createCandidateRoutes({ repository, lifecycle, getLabel }));
  router.use(
    createApiRouter({
      apiKey,
      ratePerMinute: options.ratePerMinute ?? RATE_PER_MINUTE,
      hasBatchEndpoint: options.hasBatchEndpoint ?? true,
      repository,
      lifecycle,
      clock,
      getCandidateUrl,
      faults,
      translator,
      onRequest: options.onRequest ?? (() => {}),
    }),
  );

  webhookSender.sendDue();
  const close = async () => {
    await webhookSender.close();
    database.close();
  };
  return { router, repository, lifecycle, webhookSender, faults, translator, getCandidateUrl, close };
}
