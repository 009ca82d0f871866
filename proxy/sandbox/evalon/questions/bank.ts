/** Which questions belong to which assessment type. */
import { copywritingSections } from './copywriting.ts';
import { generalSections } from './general.ts';
import { marketingSections } from './marketing.ts';
import type { Section } from './question.ts';
import { salesSections } from './sales.ts';

const BANK = new Map<string, readonly Section[]>([
  ['marketing', marketingSections],
  ['copywriting', copywritingSections],
  ['sales', salesSections],
]);

export function getSections(assessmentType: string): readonly Section[] {
  return BANK.get(assessmentType) ?? generalSections;
}
