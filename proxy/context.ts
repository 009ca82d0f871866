/** The only place where things are made and handed to each other. */
import { fileURLToPath } from 'node:url';
import { createAtsDirectory } from './ats/directory.ts';
import { createKeyAgeMonitor } from './audit/api-key-age.ts';
import { type Audit, createAudit } from './audit/audit-log.ts';
import { type Authenticate, createAuthenticator, createDemoAuthenticator } from './auth/authenticate.ts';
import { createHostKey } from './auth/host-key.ts';
import { startProgressPublisher } from './batches/progress.ts';
import { startBatchWorker } from './batches/worker.ts';
import type { Config } from './config/config.ts';
import { webhookPath } from './contract/routes.ts';
import { createEvalonClient } from './evalon/client.ts';
import { createInviteCandidate, type InviteCandidate } from './invites/invite.ts';
import { createBackup, type MakeBackup } from './privacy/backup.ts';
import { createEraseCandidates, type EraseCandidates } from './privacy/erase.ts';
import { createExportCandidate, type ExportCandidate } from './privacy/export.ts';
import { startPruning } from './privacy/retention.ts';
import { openPermitStore } from './rate-limit/permit-store.ts';
import { type CallScheduler, createCallScheduler, type SchedulerStatus } from './rate-limit/scheduler.ts';
import type { Sandbox } from './sandbox/sandbox.ts';
import { createGetScorecard, type GetScorecard } from './scorecards/get-scorecard.ts';
import { startOverdueMarker } from './scorecards/mark-overdue.ts';
import { createGetPercentile, type GetPercentile } from './scorecards/percentile.ts';
import { startReconciler } from './scorecards/reconcile.ts';
import { startCompletionVerifier } from './scorecards/verify-completion.ts';
import { createResolveCandidate, type ResolveCandidate } from './sessions/resolve-candidate.ts';
import { createSingleSignOn, type SingleSignOn } from './sso/single-sign-on.ts';
import { openStore, type Store } from './store/store.ts';
import { type Broker, openBroker } from './stream/broker.ts';
import { createViewedCandidates, type ViewedCandidates } from './stream/viewed-candidates.ts';
import { type Clock, systemClock } from './util/clock.ts';
import { createLog, type Log } from './util/log.ts';
import { createThrottle } from './util/log-throttle.ts';
import { isLoopback } from './util/loopback.ts';
import { createMetrics, type Metrics } from './util/metrics.ts';
import { startWebhookProcessor } from './webhooks/process.ts';
import { createWebhookReceiver, type ReceiveWebhook } from './webhooks/receive.ts';
import { createWebhookVerifier, type WebhookVerifier } from './webhooks/verify.ts';

export interface Context {
  /** The settings of the moment. */
  config: () => Config;
  /** Takes over the settings that can change while serving: keys, tokens, secrets, origins, what is offered. */
  reload(settings: Config): void;
  clock: Clock;
  log: Log;
  metrics: Metrics;
  store: Store;
  broker: Broker;
  viewedCandidates: ViewedCandidates;
  authenticate: Authenticate;
  singleSignOn: SingleSignOn;
  webhookVerifier: WebhookVerifier;
  inviteCandidate: InviteCandidate;
  receiveWebhook: ReceiveWebhook;
  getScorecard: GetScorecard;
  getPercentile: GetPercentile;
  resolveCandidate: ResolveCandidate;
  /** Whether an ATS of this name can be asked who a candidate is. */
  isAtsConnected(ats: string): boolean;
  audit: Audit;
  eraseCandidates: EraseCandidates;
  exportCandidate: ExportCandidate;
  backup: MakeBackup;
  /** In sandbox mode: the simulated Evalon and the demo ATS. */
  sandbox?: Sandbox;
  /** Folder of the built widget. */
  widgetFolder: string;
  /** Whether new callers should be sent here. */
  isReady(): boolean;
  /** From here on the answer is no, though whoever comes is served. */
  beginDrain(): void;
  /** Ends streams and workers; requests under way may still use the store. */
  stop(): Promise<void>;
}

/** Lines of the log that say the same, in a minute. */
const LOG_LINES_PER_MINUTE = 10;
/** Things that repeat themselves and are counted apart. */
const MAX_THROTTLE_KEYS = 5_000;

/**
 * Makes the proxy that is reached at `publicUrl` (without a trailing slash).
 * @throws SettingsError when the database cannot be used.
 */
export async function createContext(settings: Config, publicUrl: string, clock = systemClock): Promise<Context> {
  const lines = createThrottle({ clock, limit: LOG_LINES_PER_MINUTE, maxKeys: MAX_THROTTLE_KEYS });
  const log = createLog(settings.logLevel, lines);
  const metrics = createMetrics();
  const sandbox = settings.isSandbox ? await createSandboxAt(publicUrl, settings, log) : undefined;
  let config = sandbox ? withDemoData(settings, sandbox) : settings;
  let hostKey = config.hostTokens && createHostKey(config.hostTokens);
  const baseUrl = sandbox?.baseUrl ?? config.evalon.baseUrl;
  if (!baseUrl) throw new Error('outside the sandbox the settings always name an Evalon');

  const store = await openStore(config.databaseFile, sandbox ? 'sandbox' : baseUrl, clock);
  const hub = await openBroker({ store, clock, log, metrics });
  const apiKeys = () => config.evalon.apiKeys;
  const batchPath = () => config.evalon.batchPath;
  const random = Math.random;
  const permits = await openPermitStore(store, clock);
  const ratePerMinute = () => config.evalon.ratePerMinute;
  const scheduler = createCallScheduler({ ratePerMinute, permits, clock, random, log });
  const evalon = createEvalonClient({ baseUrl, apiKeys, batchPath, clock, log, scheduler, metrics });
  const audit = createAudit({
    store,
    clock,
    log,
    throttle: createThrottle({ clock, limit: 1, maxKeys: MAX_THROTTLE_KEYS }),
  });
  const erase = createEraseCandidates({ store, broker: hub, audit, log, metrics });
  let directory = createAtsDirectory(config.ats, { clock, log, metrics });
  const attention = createViewedCandidates({ broker: hub, clock });
  const doubtful = () => !sandbox && !config.webhookSecrets.length;
  const allowLoopbackLinks = isLoopback(new URL(baseUrl).hostname);
  const workers = [
    startWebhookProcessor({ store, clock, log }),
    startCompletionVerifier({
      store,
      evalon,
      clock,
      log,
      random,
      isUnsigned: doubtful,
      viewedCandidates: attention,
      metrics,
    }),
    startReconciler({ store, evalon, clock, log, metrics }),
    startOverdueMarker({ store, clock, log }),
    startProgressPublisher({ store, clock, log }),
    startBatchWorker({
      store,
      evalon,
      scheduler,
      clock,
      log,
      random,
      allowLoopbackLinks,
      batchPath,
    }),
  ];
  const stopPruning = startPruning({ store, clock, log, erase, config: () => config });
  const keyAge = createKeyAgeMonitor({ store, clock, log, metrics, apiKeys });
  if (!sandbox) await keyAge.check();
  registerGauges(metrics, { hub, store, scheduler });
  for (const { name, suggestion: nearest } of config.unknownVariables) {
    log.warn({ setting: name, ...(nearest && { nearest }) }, 'there is no setting of this name: it has no effect');
  }
  if (doubtful()) {
    log.warn(
      'webhooks are not signed: whoever knows their address can report stages that did not happen, and completions are looked at sparingly. Set EVALON_WEBHOOK_SECRET if Evalon can sign',
    );
  }

  let welcoming = true;
  const singleSignOn = createSingleSignOn({ store, clock, log, config: () => config, publicUrl });
  const waysIn = () => ({
    ...(config.hostTokens && hostKey && { hostTokens: { ...config.hostTokens, key: hostKey } }),
    accessTokens: singleSignOn.accessTokenSettings(),
  });

  return {
    config: () => config,
    reload(given) {
      const next = sandbox ? withDemoData(given, sandbox) : given;
      const { hostTokens: _, oidc: __, ...kept } = config;
      config = { ...kept, ...pickReloadable(next) };
      hostKey = next.hostTokens && createHostKey(next.hostTokens);
      directory = createAtsDirectory(next.ats, { clock, log, metrics });
      void keyAge.check();
    },
    clock,
    log,
    metrics,
    store,
    broker: hub,
    viewedCandidates: attention,
    authenticate: sandbox ? createDemoAuthenticator(clock) : createAuthenticator(waysIn, clock),
    singleSignOn,
    webhookVerifier: createWebhookVerifier(() => config),
    inviteCandidate: createInviteCandidate({ store, evalon, clock, allowLoopbackLinks }),
    receiveWebhook: createWebhookReceiver({ store, clock }),
    getScorecard: createGetScorecard({ store, evalon, clock, audit }),
    getPercentile: createGetPercentile({ store, audit, isComparisonEnabled: () => config.isComparisonEnabled }),
    resolveCandidate: createResolveCandidate({ config: () => config, directory: () => directory, audit }),
    isAtsConnected: (ats) => directory.getConnector(ats) !== undefined,
    audit,
    eraseCandidates: erase,
    exportCandidate: createExportCandidate({ store }),
    backup: createBackup({ store, log }),
    ...(sandbox && { sandbox }),
    widgetFolder: widgetFolder(),
    isReady: () => welcoming,
    beginDrain() {
      welcoming = false;
    },
    async stop() {
      stopPruning();
      keyAge.stop();
      scheduler.close();
      await audit.close();
      await Promise.all([hub.close(), sandbox?.close(), ...workers.map((worker) => worker.stop())]);
      await lines.close();
    },
  };
}

/** What is looked up whenever the metrics are read. */
function registerGauges(
  metrics: Metrics,
  { hub, store, scheduler }: { hub: Broker; store: Store; scheduler: CallScheduler },
): void {
  const depth = (state: 'pending' | 'failed') => () => store.read(({ webhooks: inbox }) => inbox.countByState(state));
  metrics.registerGauge('evalon_database_writable', '1 while the database takes writes', () =>
    store.checkWritable().then(
      () => 1,
      () => 0,
    ),
  );
  const room = (what: 'bytes' | 'free') => async () => (await store.readDiskUsage())?.[what] ?? Number.NaN;
  metrics.registerGauge('evalon_database_bytes', 'Bytes of the database and its write-ahead log', room('bytes'));
  metrics.registerGauge('evalon_disk_free_bytes', 'Bytes that are free on the disk of the database', room('free'));
  metrics.registerGauge('evalon_streams', 'Streams that are open', () => hub.clientCount);
  metrics.registerGauge(
    'evalon_webhooks_pending',
    'Acknowledged webhooks that are still to be applied',
    depth('pending'),
  );
  metrics.registerGauge(
    'evalon_webhooks_dead_letter',
    'Webhooks that failed repeatedly and moved to the dead letters',
    depth('failed'),
  );
  metrics.registerGauge('evalon_batch_rows_queued', 'Rows of batches that are still to be asked for', () =>
    store.read(({ batches }) => batches.countQueued()),
  );
  const status = (read: (status: SchedulerStatus) => number) => async () => read(await scheduler.status());
  metrics.registerGauge(
    'evalon_rate_limit_remaining',
    'Calls of the Evalon API that the rate limit allows right now',
    status(({ remaining }) => remaining),
  );
  metrics.registerGauge(
    'evalon_calls_waiting',
    'Calls of the Evalon API that wait for the rate limit',
    status(({ waiting }) => waiting),
  );
  metrics.registerGauge(
    'evalon_invite_queue_wait_seconds',
    'Seconds that an invite clicked now would wait for the rate limit',
    status(({ interactiveWaitMs }) => interactiveWaitMs / 1_000),
  );
  metrics.registerGauge(
    'evalon_cooldown_seconds',
    'Seconds until the cooldown after a 429 of Evalon ends',
    status(({ cooldownMs }) => cooldownMs / 1_000),
  );
  metrics.registerGauge(
    'evalon_circuit_breaker_open',
    '1 while the circuit breaker is open or half-open because Evalon is down',
    status(({ breaker }) => Number(breaker !== 'closed')),
  );
}

/** What a running proxy can take over; the address, the database and whose Evalon it is need a restart. */
function pickReloadable(next: Config) {
  const { evalon, webhookTokens, webhookSecrets, hostTokens, oidc, allowedOrigins, assessments } = next;
  const { inviteSubject, inviteMessage, ats, adapters } = next;
  const { metricsTokens, adminTokens, retentionDays, auditRetentionDays } = next;
  return {
    evalon,
    webhookTokens,
    webhookSecrets,
    ...(hostTokens && { hostTokens }),
    ...(oidc && { oidc }),
    allowedOrigins,
    assessments,
    inviteSubject,
    inviteMessage,
    ats,
    adapters,
    metricsTokens,
    adminTokens,
    auditRetentionDays,
    retentionDays,
  };
}

/** In the sandbox the demo says what is offered and, beside what IT has set up, which pages are candidates'. */
function withDemoData(settings: Config, { assessments, adapters, connector }: Sandbox): Config {
  return {
    ...settings,
    assessments,
    adapters: [...adapters, ...settings.adapters],
    ats: { custom: connector, ...settings.ats },
  };
}

/** `dist/widget/`, seen from `dist/proxy/` or from the sources. */
function widgetFolder(): string {
  const built = import.meta.url.endsWith('.js');
  return fileURLToPath(new URL(built ? '../widget/' : '../dist/widget/', import.meta.url));
}

/** Loaded only where it is wanted: a production proxy has no demo in its memory. */
async function createSandboxAt(publicUrl: string, config: Config, log: Log): Promise<Sandbox> {
  const [apiKey, webhookToken] = [config.evalon.apiKeys[0], config.sandboxWebhookToken];
  if (!apiKey || !webhookToken) throw new Error('sandbox mode always has a key and a webhook token');
  const { createSandbox } = await import('./sandbox/sandbox.ts');
  const { databaseFile, assessments, allowedOrigins } = config;
  const page = allowedOrigins.find((origin) => /^https?:/.test(origin));
  return createSandbox({
    publicUrl,
    webhookUrl: `${publicUrl}${webhookPath(webhookToken)}`,
    apiKey,
    databaseFile: databaseFile === ':memory:' ? databaseFile : databaseFile.replace(/(\.db)?$/, '-evalon.db'),
    ...(assessments.length && { assessments }),
    ...(page && { atsOrigin: page }),
    log: (message, facts) => log.debug(facts ?? {}, message),
  });
}
