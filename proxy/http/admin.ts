/**
 * The administrators' API: counts, audit log, export, explanation, erasure, rereads, writes into the ATS, backup. The
 * emails of candidates are in request bodies, so that no access log records them.
 */
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import { Router } from 'express';
import { ADMIN_ACTOR, findPseudonym, formatAuditEntry } from '../audit/audit-log.ts';
import type { Context } from '../context.ts';
import { auditRequestSchema, candidateRequestSchema, rereadRequestSchema } from '../contract/admin.ts';
import { toCandidateKey } from '../contract/candidate.ts';
import * as ROUTES from '../contract/routes.ts';
import type { Store } from '../store/store.ts';
import { parseJsonBody } from './json-body.ts';
import { requireToken } from './require-token.ts';
import { parseBody } from './validate.ts';

const MAX_BODY_BYTES = 16 * 1024;
const AUDIT_PAGE_SIZE = 1_000;
const SESSIONS_PER_COUNT = 5_000;
/** Matches no audit entry, so an unknown candidate's audit log is empty. */
const NO_PSEUDONYM = 'none';

export function createAdminRouter({
  config,
  store,
  broker,
  audit,
  eraseCandidates,
  exportCandidate,
  explainCandidate,
  scheduleReads,
  listWrites,
  retryWrites,
  backup,
}: Context): Router {
  const router = Router();
  router.use(
    ROUTES.admin,
    requireToken(audit, ROUTES.admin, () => config().adminTokenDigests),
    parseJsonBody(MAX_BODY_BYTES),
  );

  router.get(ROUTES.admin, async (_request, response) => {
    const sessions = await countSessions(store);
    const pendingWebhooks = await store.read(({ webhooks }) => webhooks.countByState('pending'));
    response.json({ environment: config().environment, sessions, inbox: pendingWebhooks, streams: broker.clientCount });
  });

  router.post(ROUTES.adminAudit, async ({ body }, response) => {
    const { candidate_email, after } = parseBody(auditRequestSchema, body);
    const pseudonym =
      candidate_email === undefined
        ? undefined
        : ((await store.read((queries) => findPseudonym(queries, toCandidateKey(candidate_email)))) ?? NO_PSEUDONYM);
    response.type('application/x-ndjson');
    await pipeline(streamAuditLines(store, after, pseudonym), response).catch(ignoreClientAbort);
  });

  router.post(ROUTES.adminExport, async ({ body }, response) => {
    const { candidate_email } = parseBody(candidateRequestSchema, body);
    response.json(await exportCandidate(candidate_email, ADMIN_ACTOR));
  });

  router.post(ROUTES.adminExplanation, async ({ body }, response) => {
    const { candidate_email } = parseBody(candidateRequestSchema, body);
    response.type('text/markdown').send(await explainCandidate(candidate_email, ADMIN_ACTOR));
  });

  router.post(ROUTES.adminErase, async ({ body }, response) => {
    const { candidate_email } = parseBody(candidateRequestSchema, body);
    response.json(await eraseCandidates([toCandidateKey(candidate_email)], ADMIN_ACTOR));
  });

  router.post(ROUTES.adminReread, async ({ body }, response) => {
    const request = parseBody(rereadRequestSchema, body);
    response.json({ scheduled: await scheduleReads('all' in request ? 'all' : request.session_uuids) });
  });

  router.post(ROUTES.adminWrites, async (_request, response) => {
    response.type('application/x-ndjson');
    await pipeline(listWrites(ADMIN_ACTOR), response).catch(ignoreClientAbort);
  });

  router.post(ROUTES.adminWritesRetry, async (_request, response) => {
    response.json(await retryWrites(ADMIN_ACTOR));
  });

  router.post(ROUTES.adminBackup, async (_request, response) => {
    const { file, bytes, sha256, discard } = await backup(ADMIN_ACTOR);
    response.set({ 'content-length': String(bytes), 'repr-digest': `sha-256=:${sha256}:` });
    response.type('application/vnd.sqlite3');
    await pipeline(createReadStream(file), response).catch(ignoreClientAbort).finally(discard);
  });

  return router;
}

function ignoreClientAbort(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
}

/** Yields the audit entries after `seq` as NDJSON. With `pseudonym`, yields only that candidate's entries. */
async function* streamAuditLines(store: Store, seq: number, pseudonym?: string): AsyncGenerator<string> {
  for (;;) {
    const entries = await store.read(({ audit }) => audit.listAfter(seq, AUDIT_PAGE_SIZE, pseudonym));
    yield entries.map(formatAuditEntry).join('');
    seq = entries.at(-1)?.seq ?? seq;
    if (entries.length < AUDIT_PAGE_SIZE) return;
  }
}

async function countSessions(store: Store): Promise<number> {
  let total = 0;
  for (let after: string | null = ''; after !== null; ) {
    const start: string = after;
    const { count, last } = await store.read(({ sessions }) => sessions.countPage(start, SESSIONS_PER_COUNT));
    total += count;
    after = last;
    await setImmediate();
  }
  return total;
}
