/** Suggests entries of EVALON_FIELD_MAP from a scorecard's unused keys. An administrator must check the entries. */
import type { ScorecardPart } from '../contract/scorecard.ts';
import { parseScore } from '../evalon/values/score.ts';

type Example = Record<string, string[]>;

const PLACEHOLDER = '/path/to/the/key';
/** The key of a maximum, such as `max_score`, `out_of` or `total`. */
const MAXIMUM_KEY = /max|out_?of|total/i;
/** A narrative is longer than a name or an id. */
const MIN_NARRATIVE_CHARS = 40;

/**
 * @param unusedPointers the keys that no field uses, with `*` for array positions.
 * @param read returns the value at a pointer without `*`.
 */
export function buildFieldMapExample(
  part: ScorecardPart,
  unusedPointers: readonly string[],
  read: (pointer: string) => unknown,
): Example {
  if (part === 'sections') return buildSections(unusedPointers, read);
  const topLevelPointers = unusedPointers.filter((pointer) => !pointer.includes('/*'));
  if (part === 'narrative') {
    const narrative = topLevelPointers.find((pointer) => String(read(pointer)).length >= MIN_NARRATIVE_CHARS);
    return { 'scorecard:narrative': [narrative ?? PLACEHOLDER] };
  }
  const { score, max } = findScore(topLevelPointers, read);
  return { 'scorecard:overall': [score ?? PLACEHOLDER], ...(max && { 'scorecard:overall_max': [max] }) };
}

function findScore(pointers: readonly string[], read: (pointer: string) => unknown) {
  const scorePointers = pointers.filter((pointer) => parseScore(read(pointer)));
  const score = scorePointers.find((pointer) => !MAXIMUM_KEY.test(getKey(pointer)));
  return { score, max: scorePointers.find((pointer) => MAXIMUM_KEY.test(getKey(pointer))) };
}

function buildSections(unusedPointers: readonly string[], read: (pointer: string) => unknown): Example {
  const listPointer = unusedPointers.find((pointer) => pointer.includes('/*/'))?.split('/*')[0];
  if (listPointer === undefined)
    return { 'scorecard:sections': [PLACEHOLDER], 'scorecard:section.score': [PLACEHOLDER] };
  const sectionPointers = unusedPointers
    .filter((pointer) => pointer.startsWith(`${listPointer}/*/`))
    .map((pointer) => pointer.slice(`${listPointer}/*`.length));
  const directPointers = sectionPointers.filter((pointer) => !pointer.includes('/*'));
  const readFirst = (pointer: string) => read(`${listPointer}/0${pointer}`);
  const { score, max } = findScore(directPointers, readFirst);
  const name = directPointers.find(
    (pointer) => typeof readFirst(pointer) === 'string' && !parseScore(readFirst(pointer)),
  );
  return {
    'scorecard:sections': [listPointer],
    ...(name && { 'scorecard:section.name': [name] }),
    'scorecard:section.score': [score ?? PLACEHOLDER],
    ...(max && { 'scorecard:section.max_score': [max] }),
  };
}

function getKey(pointer: string): string {
  return pointer.slice(pointer.lastIndexOf('/') + 1);
}
