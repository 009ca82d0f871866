/** The composition root: constructs everything and connects it. */
import { fileURLToPath } from 'node:url';
import { createAtsDirectory } from './ats/directory.ts';
import { createWriters } from './ats/writers.ts';
import { createKeyAgeMonitor } from './audit/api-key-age.ts';
import { createAudit } from './audit/audit-log.ts';
import { createAuthenticator, createDemoAuthenticator } from './auth/authenticate.ts';
import { createHostKey } from './auth/host-key.ts';
import { startProgressPublisher } from './batches/progress.ts';
import { startBatchWorker } from './batches/worker.ts';
import type { Config } from './config/config.ts';
import { createLiveConfig } from './config/live-config.ts';
import { resultPath } from './contract/routes.ts';
import { createEvalonClient } from './evalon/client.ts';
import { createFieldMap } from './evalon/field-map.ts';
import { createReportMessage } from './evalon/report-message.ts';
import { registerGauges } from './gauges.ts';
import { createInviteCandidate } from './invites/invite.ts';
import { createInviteMonitor } from './invites/monitor.ts';
import { startOutboundWebhook } from './outbound-webhook/deliver.ts';
import { createOrders } from './partners/orders.ts';
import { startPartnerReports } from './partners/report.ts';
import { readPinnedBuild } from './pinned-files/build.ts';
import { openPinnedFiles } from './pinned-files/pinned-files.ts';
import { createBackup } from './privacy/backup.ts';
import { createEraseCandidates } from './privacy/erase.ts';
import { createExplainCandidate } from './privacy/explain.ts';
import { createExportCandidate } from './privacy/export.ts';
import { startPruning } from './privacy/retention.ts';
import { openPermitStore } from './rate-limit/permit-store.ts';
import { createCallScheduler } from './rate-limit/scheduler.ts';
import { createGetScorecard } from './scorecards/get-scorecard.ts';
import { startOverdueMarker } from './scorecards/mark-overdue.ts';
import { createGetPercentile } from './scorecards/percentile.ts';
import { scheduleReads, startReconciler } from './scorecards/reconcile.ts';
import { startAnswerReparser } from './scorecards/reparse.ts';
import { startCompletionVerifier } from './scorecards/verify-completion.ts';
import { createGetTimeline } from './sessions/get-timeline.ts';
import { createRecordHandover } from './sessions/record-handover.ts';
import { createResolveCandidate } from './sessions/resolve-candidate.ts';
import { createSingleSignOn } from './sso/single-sign-on.ts';
import { createAtsWebhookReceiver } from './stage-triggers/receive.ts';
import { startStageTriggers } from './stage-triggers/run.ts';
import { addDemoSettings, createDemoClock, startSandbox } from './start-sandbox.ts';
import { openStore } from './store/store.ts';
import { openBroker } from './stream/broker.ts';
import { createViewedCandidates } from './stream/viewed-candidates.ts';
import { type Clock, systemClock } from './util/clock.ts';
import { createLog, type Log } from './util/log.ts';
import { createThrottle } from './util/log-throttle.ts';
import { createMetrics } from './util/metrics.ts';
import { startWebhookProcessor } from './webhooks/process.ts';
import { createWebhookReceiver } from './webhooks/receive.ts';
import { startWebhookReparser } from './webhooks/reparse-unrecognized.ts';
import { createWebhookVerifier } from './webhooks/verify.ts';
import { startWriteBack } from './write-back/deliver.ts';
import { createListWrites } from './write-back/list-writes.ts';
import { createRetryWrites } from './write-back/retry-writes.ts';

/** Everything a request or a job needs. */
export type Context = Awaited<ReturnType<typeof createContext>>;

const IDENTICAL_LOG_LINES_PER_MINUTE = 10;
const MAX_THROTTLE_KEYS = 5_000;

/**
 * @param publicUrl the proxy's URL in browsers, without a trailing slash.
 * @throws SettingsError if the database cannot be used.
 */
export async function createContext(initialConfig: Config, publicUrl: string, machineClock: Clock = systemClock) {
  const logThrottle = createThrottle({
    clock: machineClock,
    limit: IDENTICAL_LOG_LINES_PER_MINUTE,
    maxKeys: MAX_THROTTLE_KEYS,
  });
  const log = createLog(initialConfig.logLevel, logThrottle);
  const metrics = createMetrics();
  const random = Math.random;
  const widgetFolder = getBuiltFolder('widget');
  const pinnedBuild = readPinnedBuild(widgetFolder);

  const sandbox = initialConfig.isSandbox
    ? await startSandbox(initialConfig, publicUrl, log, machineClock, pinnedBuild)
    : undefined;
  const clock = sandbox ? createDemoClock(machineClock, sandbox) : machineClock;
  const addDemo = (settings: Config) => (sandbox ? addDemoSettings(settings, sandbox) : settings);
  const config = createLiveConfig(addDemo(initialConfig));
  const baseUrl = sandbox?.baseUrl ?? initialConfig.evalon.baseUrl;
  if (!baseUrl) throw new Error("the settings lack Evalon's URL");
  const apiKeys = () => config().evalon.apiKeys;
  const fieldMap = config.derive(({ evalon }) => createFieldMap(evalon.fieldMap));
  const batchPath = () => config().evalon.batchPath;
  const ratePerMinute = () => config().evalon.ratePerMinute;
  /** Whether the proxy accepts webhooks without a signature. */
  const isUnsigned = () => !sandbox && !config().webhookSecrets.length;

  const store = await openStore(initialConfig.database, sandbox ? 'sandbox' : baseUrl, clock);
  const pinnedFiles = await openPinnedFiles({ store, log, build: pinnedBuild, shouldReplace: sandbox !== undefined });
  const broker = await openBroker({ store, clock, log, metrics });
  const viewedCandidates = createViewedCandidates({ broker, clock });
  const auditThrottle = createThrottle({ clock, limit: 1, maxKeys: MAX_THROTTLE_KEYS });
  const audit = createAudit({ store, clock, log, throttle: auditThrottle });
  const eraseCandidates = createEraseCandidates({ store, broker, audit, log, metrics });
  const writers = config.derive(({ ats, writeBack }) => createWriters(ats, writeBack, clock));
  const atsDirectory = config.derive(({ ats }) => createAtsDirectory(ats, { clock, log, metrics }));

  const permits = await openPermitStore(store);
  const scheduler = createCallScheduler({ ratePerMinute, permits, clock, random, log });
  const reportMessage = createReportMessage({ log, metrics });
  const evalon = createEvalonClient({
    baseUrl,
    apiKeys,
    batchPath,
    fieldMap,
    clock,
    log,
    scheduler,
    metrics,
    reportMessage,
  });

  const singleSignOn = createSingleSignOn({ store, clock, log, config, publicUrl });
  const hostTokens = config.derive(({ hostTokens }) => hostTokens && { ...hostTokens, key: createHostKey(hostTokens) });
  const authenticationSettings = () => ({ hostTokens: hostTokens(), accessTokens: singleSignOn.accessTokenSettings() });

  const monitor = createInviteMonitor({ log, clock });
  const inviteOptions = { store, evalon, clock, config, monitor, offeredAssessments: () => config().assessments };
  const inviteCandidate = createInviteCandidate(inviteOptions);
  const getResultUrl = (sessionUuid: string) => `${publicUrl}${resultPath(sessionUuid)}`;
  const jobStore = store.forJobs();
  const answerReparser = startAnswerReparser({
    store: jobStore,
    clock,
    config,
    log,
    baseUrl,
    fieldMap,
    offeredAssessments: () => config().assessments,
  });
  const webhookReparser = startWebhookReparser({ store: jobStore, clock, log, fieldMap });
  const jobs = [
    answerReparser,
    webhookReparser,
    startWebhookProcessor({ store: jobStore, clock, config, log }),
    startCompletionVerifier({
      store: jobStore,
      evalon,
      clock,
      config,
      log,
      random,
      isUnsigned,
      viewedCandidates,
      metrics,
    }),
    startReconciler({ store: jobStore, evalon, clock, config, log, metrics }),
    startOverdueMarker({ store: jobStore, clock, log }),
    startProgressPublisher({ store: jobStore, clock, log }),
    startWriteBack({ store: jobStore, clock, log, random, metrics, config, writers, getResultUrl }),
    startOutboundWebhook({ store: jobStore, clock, log, random, metrics, config }),
    startPartnerReports({ store: jobStore, clock, log, random, metrics, config, getResultUrl }),
    startStageTriggers({ store: jobStore, clock, log, random, metrics, config, atsDirectory, inviteCandidate }),
    startBatchWorker({ ...inviteOptions, store: jobStore, scheduler, log, random, batchPath }),
  ];
  const stopPruning = startPruning({ store: jobStore, clock, log, erase: eraseCandidates, config });
  const keyAge = createKeyAgeMonitor({ store, clock, log, metrics, apiKeys });
  if (!sandbox) await keyAge.check();
  registerGauges(metrics, { broker, store, scheduler });
  warnAboutSettings(log, config(), isUnsigned());

  let isReady = true;
  return {
    // The type hides `replace` and `derive`.
    config: config as () => Config,
    publicUrl,
    clock,
    log,
    metrics,
    store,
    broker,
    viewedCandidates,
    audit,
    singleSignOn,
    eraseCandidates,
    authenticate: sandbox
      ? createDemoAuthenticator(clock, sandbox.recruiters)
      : createAuthenticator(authenticationSettings, clock),
    webhookVerifier: createWebhookVerifier(config),
    inviteCandidate,
    orders: createOrders({ store, clock, config, inviteCandidate }),
    getResultUrl,
    receiveAtsWebhook: createAtsWebhookReceiver({ store, clock, config }),
    receiveWebhook: createWebhookReceiver({ store, clock, fieldMap, reportMessage }),
    getScorecard: createGetScorecard({ store, evalon, clock, config, audit }),
    recordHandover: createRecordHandover({ store, audit, clock, config }),
    getTimeline: createGetTimeline({ store, audit }),
    getPercentile: createGetPercentile({ store, audit, isComparisonEnabled: () => config().isComparisonEnabled }),
    resolveCandidate: createResolveCandidate({ config, atsDirectory, audit }),
    isAtsConnected: (ats: string) => atsDirectory().getConnector(ats) !== undefined,
    exportCandidate: createExportCandidate({ store }),
    explainCandidate: createExplainCandidate({ store, clock, config }),
    scheduleReads: (sessionUuids: readonly string[] | 'all') => scheduleReads(store, sessionUuids),
    listWrites: createListWrites({ store, config, getResultUrl }),
    retryWrites: createRetryWrites({ store, clock, config, log }),
    backup: createBackup({ store, log }),
    /** Present in sandbox mode. */
    sandbox,
    widgetFolder,
    pinnedFiles,
    referenceAssetsFolder: getBuiltFolder('docs'),
    isReady: () => isReady,

    /** Applies new settings while the proxy serves. */
    reload(settings: Config): void {
      config.replace(addDemo(settings));
      answerReparser.wake();
      webhookReparser.wake();
      void keyAge.check();
    },
    /** Makes `/readyz` return 503, so that load balancers send no more requests. The proxy still serves. */
    beginDrain(): void {
      isReady = false;
    },
    /** Ends streams and jobs. Requests in progress may still use the store. */
    async stop(): Promise<void> {
      stopPruning();
      keyAge.stop();
      scheduler.close();
      await audit.close();
      await Promise.all([broker.close(), sandbox?.close(), ...jobs.map((job) => job.stop())]);
      await logThrottle.close();
    },
  };
}

function warnAboutSettings(log: Log, { unknownVariables }: Config, isUnsigned: boolean): void {
  for (const { name, suggestion } of unknownVariables) {
    log.warn({ setting: name, ...(suggestion && { nearest: suggestion }) }, 'unknown setting has no effect');
  }
  if (isUnsigned) {
    log.warn(
      'webhooks are not signed: anyone who knows the webhook URL can report statuses, and the proxy limits reads of completions. Set EVALON_WEBHOOK_SECRET if Evalon can sign',
    );
  }
}

/** A folder in `dist/`, from `dist/proxy/` or from the sources. */
function getBuiltFolder(name: 'widget' | 'docs'): string {
  const isBuilt = import.meta.url.endsWith('.js');
  return fileURLToPath(new URL(isBuilt ? `../${name}/` : `../dist/${name}/`, import.meta.url));
}
