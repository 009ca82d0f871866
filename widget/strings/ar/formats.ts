import { createFormats } from '../translation.ts';

/** Latin digits, as in names and scores of Evalon. Zero has the text of `other`. */
export const formats = createFormats<'one' | 'two' | 'few' | 'many'>('ar-u-nu-latn');
