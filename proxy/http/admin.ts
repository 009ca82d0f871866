/**
 * For IT alone: `/metrics` behind `METRICS_TOKEN`, `/admin` behind `ADMIN_TOKEN`. Without the setting there is nothing at
 * the address. Everything that names a candidate is a POST, so that it stands in no access log.
 */
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { json, type Request, type RequestHandler, type Response, Router } from 'express';
import { ADMIN_ACTOR, type Audit, findPseudonym, formatAuditEntry } from '../audit/audit-log.ts';
import type { Config } from '../config/config.ts';
import { auditRequestSchema, candidateRequestSchema } from '../contract/admin.ts';
import { toCandidateKey } from '../contract/candidate.ts';
import * as ROUTES from '../contract/routes.ts';
import type { MakeBackup } from '../privacy/backup.ts';
import type { EraseCandidates } from '../privacy/erase.ts';
import type { ExportCandidate } from '../privacy/export.ts';
import type { Store } from '../store/store.ts';
import type { Broker } from '../stream/broker.ts';
import { NotFound, Unauthenticated } from '../util/errors.ts';
import type { Metrics } from '../util/metrics.ts';
import { matchesAnyDigest } from '../util/timing-safe.ts';
import { type Limits, limitByAddress } from './request-limits.ts';
import { parseBody } from './validate.ts';

export interface AdminOptions {
  /** The settings of the moment. */
  config: () => Pick<Config, 'metricsTokens' | 'adminTokens' | 'environment'>;
  store: Store;
  broker: Broker;
  metrics: Metrics;
  eraseCandidates: EraseCandidates;
  exportCandidate: ExportCandidate;
  backup: MakeBackup;
  audit: Audit;
  limits: Limits;
}

/** Entries of the audit record read at once. */
const AUDIT_PAGE_SIZE = 1_000;

export function createAdminRouter(options: AdminOptions): Router {
  const {
    config,
    store,
    broker: hub,
    metrics,
    eraseCandidates: erase,
    exportCandidate,
    backup,
    audit,
    limits,
  } = options;
  const router = Router();
  const parseJson = json({ limit: '16kb', strict: true });
  const openTo =
    (route: string, tokens: () => readonly Buffer[]): RequestHandler =>
    async (request, response, next) => {
      if (!tokens().length) throw new NotFound('There is nothing at this address.');
      const token = /^Bearer ([^\s]+)$/i.exec(request.get('authorization') ?? '')?.[1] ?? '';
      if (!matchesAnyDigest(token, tokens())) {
        await audit.recordRefused({ code: 'unauthenticated', route });
        throw new Unauthenticated('The token for this address is missing or wrong.');
      }
      response.set('cache-control', 'no-store');
      next();
    };

  router.use([ROUTES.metrics, ROUTES.admin], limitByAddress(limits));
  router.use(
    ROUTES.metrics,
    openTo(ROUTES.metrics, () => config().metricsTokens),
  );
  router.get(ROUTES.metrics, async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.render());
  });

  router.use(
    ROUTES.admin,
    openTo(ROUTES.admin, () => config().adminTokens),
    parseJson,
  );

  router.get(ROUTES.admin, async (_request, response) => {
    const counts = await store.read(({ sessions, webhooks: inbox }) =>
      Promise.all([sessions.count(), inbox.countByState()]),
    );
    const [sessions, inbox] = counts;
    response.json({ environment: config().environment, sessions, inbox, streams: hub.clientCount });
  });

  router.post(ROUTES.adminAudit, async ({ body }: Request, response: Response) => {
    const { candidate_email: email, after } = parseBody(auditRequestSchema, body);
    const candidate =
      email === undefined
        ? undefined
        : ((await store.read((queries) => findPseudonym(queries, toCandidateKey(email)))) ?? 'nobody');
    response.type('application/x-ndjson');
    await pipeline(streamAuditLines(store, after, candidate), response).catch(ignoreClientAbort);
  });

  router.post(ROUTES.adminExport, async ({ body }, response) => {
    const { candidate_email } = parseBody(candidateRequestSchema, body);
    response.json(await exportCandidate(candidate_email, ADMIN_ACTOR));
  });

  router.post(ROUTES.adminErase, async ({ body }, response) => {
    const { candidate_email } = parseBody(candidateRequestSchema, body);
    response.json(await erase([toCandidateKey(candidate_email)], ADMIN_ACTOR));
  });

  router.post(ROUTES.adminBackup, async (_request, response) => {
    const { file, bytes, sha256, discard } = await backup(ADMIN_ACTOR);
    response.set({ 'content-length': String(bytes), 'repr-digest': `sha-256=:${sha256}:` });
    response.type('application/vnd.sqlite3');
    await pipeline(createReadStream(file), response).catch(ignoreClientAbort).finally(discard);
  });

  return router;
}

/** Whoever asked may leave before the end. */
function ignoreClientAbort(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
}

/** The audit record's lines after `seq`, of one candidate's pseudonym only where it is named. */
async function* streamAuditLines(store: Store, seq: number, candidate?: string): AsyncGenerator<string> {
  for (;;) {
    const entries = await store.read(({ audit }) => audit.listAfter(seq, AUDIT_PAGE_SIZE, candidate));
    yield entries.map(formatAuditEntry).join('');
    seq = entries.at(-1)?.seq ?? seq;
    if (entries.length < AUDIT_PAGE_SIZE) return;
  }
}
