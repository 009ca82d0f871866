import { createFormats } from '../translation.ts';

export const formats = createFormats<'one' | 'few' | 'many'>('pl');
