/** The simulated Evalon in one piece: an API, candidate pages, and a courier for its webhooks. */
import express, { type Router } from 'express';
import type { Assessment } from '../../contract/client-config.ts';
import { createApi } from './api.ts';
import { createCandidatePages } from './candidate.ts';
import { openDatabase } from './database.ts';
import { capricious } from './network-conditions.ts';
import { Outbox } from './outbox.ts';
import { Life } from './session-lifecycle.ts';
import { Register, type Sitting } from './session-repository.ts';
import { Courier } from './webhook-sender.ts';

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
  register: Register;
  life: Life;
  courier: Courier;
  /** The one-click link of a session. */
  linkTo(sitting: Sitting): string;
  close(): Promise<void>;
}

export function createSimulatedEvalon(options: SimulatedEvalonOptions): SimulatedEvalon {
  const { baseUrl, webhookUrl, apiKey, assessments, log, clock } = options;
  const database = openDatabase(options.databaseFile);
  const register = new Register(database);
  const outbox = new Outbox(database);
  const courier = new Courier({ outbox, url: webhookUrl, clock, log });
  const life = new Life({ register, outbox, courier, clock });

  const linkTo = ({ secret }: Sitting) => `${baseUrl}/take/${secret}`;

  const router = express.Router();
  router.use('/api', createApi({ apiKey, register, life, clock, linkTo }));
  router.use(
    '/take',
    createCandidatePages({
      register,
      life,
      fate: capricious(options.random),
      labelOf: ({ project_id, assessment_type }) =>
        assessments.find((offer) => offer.project_id === project_id && offer.assessment_type === assessment_type)
          ?.label ?? assessment_type,
    }),
  );

  courier.wake();
  const close = async () => {
    await courier.close();
    database.close();
  };
  return { router, register, life, courier, linkTo, close };
}
