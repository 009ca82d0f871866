/** Which questions belong to which assessment type. */
import { copywriting } from './copywriting.ts';
import { general } from './general.ts';
import { marketing } from './marketing.ts';
import type { Section } from './question.ts';
import { sales } from './sales.ts';

const BANK = new Map<string, readonly Section[]>([
  ['marketing', marketing],
  ['copywriting', copywriting],
  ['sales', sales],
]);

export function sectionsOf(assessmentType: string): readonly Section[] {
  return BANK.get(assessmentType) ?? general;
}
