import { toRoundSeconds } from '../translation.ts';

export const stopRetrying = '再試行を中止';
export const inviteRetryIn = (ms: number) => `Evalonが混み合っています。約${toRoundSeconds(ms)}秒後に再試行します…`;
export const detailsRetryIn = (ms: number) =>
  `Evalonが混み合っています。約${toRoundSeconds(ms)}秒後に詳細を読み込みます…`;
