import { toRoundSeconds } from '../translation.ts';

export const stopRetrying = 'הפסקת הניסיונות';
export const inviteRetryIn = (ms: number) => `שירות Evalon עמוס. ניסיון נוסף יתבצע בעוד כ-${toRoundSeconds(ms)} שניות…`;
export const detailsRetryIn = (ms: number) => `שירות Evalon עמוס. הפרטים ייטענו בעוד כ-${toRoundSeconds(ms)} שניות…`;
