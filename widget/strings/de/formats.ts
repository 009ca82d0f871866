/** German formats. */
import { createFormats } from '../translation.ts';

export const formats = createFormats('de');
