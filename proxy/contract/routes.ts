/**
 * Every path that the proxy serves: patterns for the server, and functions that build paths. Import this module as
 * `ROUTES`. Each path is a separate export, so that the widget's bundle contains only the paths that the widget uses.
 * Imports no schema library, to keep the bundle small. Some public paths have another word than the code: the path of
 * the percentile ends with `standing`.
 */
import { sessionPath } from './session-routes.ts';

export * from './session-routes.ts';

export const session = '/v1/sessions/:session_uuid';
export const scorecard = '/v1/sessions/:session_uuid/scorecard';
export const timeline = '/v1/sessions/:session_uuid/timeline';
export const handovers = '/v1/sessions/:session_uuid/handovers';
export const percentile = '/v1/sessions/:session_uuid/standing';
export const batches = '/v1/batches';
export const batch = '/v1/batches/:batch_id';
export const batchCancel = '/v1/batches/:batch_id/cancel';
export const batchRetry = '/v1/batches/:batch_id/retry';
export const resolve = '/v1/candidates/resolve';
export const unknownPage = '/v1/pages/unknown';
export const signIn = '/v1/sign-in';
export const signInStart = '/v1/sign-in/start/:attempt';
export const signInCallback = '/v1/sign-in/callback';
export const signInExchange = '/v1/sign-in/redeem';
export const signInRefresh = '/v1/sign-in/renew';
export const signOut = '/v1/sign-in/out';
export const result = '/results/:session_uuid';
export const resultScript = '/result-page/:language.js';
export const webhook = '/webhooks/evalon/:token';
export const atsWebhook = '/webhooks/ats/:ats';
export const partnerGreenhouseTests = '/partner/greenhouse/list_tests';
export const partnerGreenhouseSend = '/partner/greenhouse/send_test';
export const partnerGreenhouseStatus = '/partner/greenhouse/test_status';
export const partnerGreenhouseError = '/partner/greenhouse/response_error';
export const partnerAshbyList = '/partner/ashby/assessment.list';
export const partnerAshbyStart = '/partner/ashby/assessment.start';
export const partnerAshbyCancel = '/partner/ashby/assessment.cancel';
export const health = '/healthz';
export const ready = '/readyz';
export const metrics = '/metrics';
export const openApi = '/openapi.json';
export const reference = '/docs';
export const home = '/';
export const admin = '/admin';
export const adminAudit = '/admin/audit';
export const adminExport = '/admin/export';
export const adminExplanation = '/admin/export/explanation';
export const adminErase = '/admin/erase';
export const adminReread = '/admin/reread';
export const adminWrites = '/admin/writes';
export const adminWritesRetry = '/admin/writes/retry';
export const adminBackup = '/admin/backup';
export const loader = '/embed.js';
/** The module of one version of the widget. The module never changes. */
export const pinnedLoader = '/embed/:version.js';
/** The folder of the modules that `loader` imports. */
export const widget = '/widget';
export const language = '/languages/:language.js';

export function timelinePath(sessionUuid: string): string {
  return `${sessionPath(sessionUuid)}/timeline`;
}

export function handoversPath(sessionUuid: string): string {
  return `${sessionPath(sessionUuid)}/handovers`;
}

export function batchPath(batchId: string): string {
  return `${batches}/${encodeURIComponent(batchId)}`;
}

export function batchCancelPath(batchId: string): string {
  return `${batchPath(batchId)}/cancel`;
}

export function batchRetryPath(batchId: string): string {
  return `${batchPath(batchId)}/retry`;
}

export function resultPath(sessionUuid: string): string {
  return `/results/${encodeURIComponent(sessionUuid)}`;
}

export function webhookPath(token: string): string {
  return `/webhooks/evalon/${encodeURIComponent(token)}`;
}

export function pinnedLoaderPath(version: string): string {
  return `/embed/${version}.js`;
}

/** @param locale one of `LOCALES` */
export function resultScriptPath(locale: string): string {
  return `/result-page/${locale}.js`;
}

/** @param locale one of `LOCALES` */
export function languagePath(locale: string): string {
  return `/languages/${locale}.js`;
}

export function signInStartPath(attempt: string): string {
  return `${signIn}/start/${attempt}`;
}
