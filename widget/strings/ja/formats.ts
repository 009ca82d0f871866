import { createFormats } from '../translation.ts';

export const formats = createFormats<never>('ja');
