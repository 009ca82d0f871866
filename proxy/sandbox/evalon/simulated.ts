/** The simulated Evalon in one piece: an API, candidate pages, and a courier for its webhooks. */
import express, { type Router } from 'express';
import type { Assessment } from '../../contract/client-config.ts';
import { createApi } from './api.ts';
import { createCandidatePages } from './candidate.ts';
import { openDatabase } from './database.ts';
import { createFlakyNetwork } from './network-conditions.ts';
import { Outbox } from './outbox.ts';
import { SessionLifecycle } from './session-lifecycle.ts';
import { SessionRepository, type SimulatedSession } from './session-repository.ts';
import { WebhookSender } from './webhook-sender.ts';

export interface SimulatedEvalonOptions {
  /** Address of this router as candidates see it, without a slash at the end. */
  baseUrl: string;
  webhookUrl: string;
  apiKey: string;
  databaseFile: string;
  assessments: readonly Assessment[];
  log: (message: string, facts?: object) => void;
  clock: { now(): number };
  random: () => number;
}

export interface SimulatedEvalon {
  router: Router;
  repository: SessionRepository;
  lifecycle: SessionLifecycle;
  webhookSender: WebhookSender;
  /** The one-click link of a session. */
  getCandidateUrl(sitting: SimulatedSession): string;
  close(): Promise<void>;
}

export function createSimulatedEvalon(options: SimulatedEvalonOptions): SimulatedEvalon {
  const { baseUrl, webhookUrl, apiKey, assessments, log, clock } = options;
  const database = openDatabase(options.databaseFile);
  const register = new SessionRepository(database);
  const outbox = new Outbox(database);
  const courier = new WebhookSender({ outbox, url: webhookUrl, clock, log });
  const life = new SessionLifecycle({ repository: register, outbox, webhookSender: courier, clock });

  const linkTo = ({ secret }: SimulatedSession) => `${baseUrl}/take/${secret}`;

  const router = express.Router();
  router.use('/api', createApi({ apiKey, repository: register, lifecycle: life, clock, getCandidateUrl: linkTo }));
  router.use(
    '/take',
    createCandidatePages({
      repository: register,
      lifecycle: life,
      network: createFlakyNetwork(options.random),
      getLabel: ({ project_id, assessment_type }) =>
        assessments.find((offer) => offer.project_id === project_id && offer.assessment_type === assessment_type)
          ?.label ?? assessment_type,
    }),
  );

  courier.sendDue();
  const close = async () => {
    await courier.close();
    database.close();
  };
  return { router, repository: register, lifecycle: life, webhookSender: courier, getCandidateUrl: linkTo, close };
}
