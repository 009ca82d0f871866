import { formats } from './formats.ts';

export const { formatTime } = formats;
