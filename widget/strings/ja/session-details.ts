import { isSessionStatus } from '../../../proxy/contract/status.ts';
import { statusLabel } from './common.ts';
import { formats } from './formats.ts';

export { resultPending } from './common.ts';

export const previousSessions = '過去の招待';
export const history = (previousCount: number) =>
  previousCount ? `履歴 · 過去の招待${formats.formatNumber(previousCount)}件` : '履歴';

export function latestActivity(event: string): string {
  const status = event.replace('session.', '');
  return isSessionStatus(status)
    ? `最新のアクティビティ：${statusLabel(status)}`
    : 'Evalonから新しいアクティビティの報告がありました。';
}
