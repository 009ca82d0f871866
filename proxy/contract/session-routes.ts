/** The paths that every page with the widget needs. `routes.ts` exports them too. */
export const config = '/v1/config';
export const sessions = '/v1/sessions';
export const sessionQuery = '/v1/sessions/query';
export const events = '/v1/events';

export function sessionPath(sessionUuid: string): string {
  return `${sessions}/${encodeURIComponent(sessionUuid)}`;
}

export function scorecardPath(sessionUuid: string): string {
  return `${sessionPath(sessionUuid)}/scorecard`;
}
