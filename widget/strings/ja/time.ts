import { formats } from './formats.ts';

export const { formatRecentTime, formatTime } = formats;
