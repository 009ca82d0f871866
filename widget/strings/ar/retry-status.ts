import { toRoundSeconds } from '../translation.ts';
import { formats } from './formats.ts';

const formatSeconds = (ms: number) =>
  formats.plural(toRoundSeconds(ms), {
    one: 'ثانية واحدة',
    two: 'ثانيتين',
    few: '# ثوانٍ',
    many: '# ثانية',
    other: '# ثانية',
  });

export const stopRetrying = 'إيقاف المحاولات';
export const inviteRetryIn = (ms: number) => `خدمة Evalon مشغولة. ستُعاد المحاولة بعد ${formatSeconds(ms)} تقريبًا…`;
export const detailsRetryIn = (ms: number) => `خدمة Evalon مشغولة. ستُحمَّل التفاصيل بعد ${formatSeconds(ms)} تقريبًا…`;
