import { createFormats } from '../translation.ts';

export const formats = createFormats<'one' | 'two'>('he');
