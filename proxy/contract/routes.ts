/**
 * Every path of the proxy, once: patterns for the server, builders for the widget.
 * No schema library here, so that the widget can import it.
 */
export const ROUTES = {
  config: '/v1/config',
  sessions: '/v1/sessions',
  sessionQuery: '/v1/sessions/query',
  session: '/v1/sessions/:session_uuid',
  scorecard: '/v1/sessions/:session_uuid/scorecard',
  events: '/v1/events',
  webhook: '/webhooks/evalon/:token',
  health: '/healthz',
  ready: '/readyz',
  loader: '/embed.js',
  widget: '/widget',
} as const;

export function sessionPath(sessionUuid: string): string {
  return `${ROUTES.sessions}/${encodeURIComponent(sessionUuid)}`;
}

export function scorecardPath(sessionUuid: string): string {
  return `${sessionPath(sessionUuid)}/scorecard`;
}

export function webhookPath(token: string): string {
  return `/webhooks/evalon/${encodeURIComponent(token)}`;
}
