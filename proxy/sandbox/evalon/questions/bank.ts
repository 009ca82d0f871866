import { copywritingSections } from './copywriting.ts';
import { generalSections } from './general.ts';
import { marketingSections } from './marketing.ts';
import type { Section } from './question.ts';
import { salesSections } from './sales.ts';

const SECTIONS_BY_TYPE = new Map<string, readonly Section[]>([
  ['marketing', marketingSections],
  ['copywriting', copywritingSections],
  ['sales', salesSections],
]);

/** Returns general questions for an unknown type, so that the sandbox works with any assessment. */
export function getSections(assessmentType: string): readonly Section[] {
  return SECTIONS_BY_TYPE.get(assessmentType) ?? generalSections;
}
