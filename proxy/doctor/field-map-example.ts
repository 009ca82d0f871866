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
    const narrativePointer = topLevelPointers.find((pointer) => String(read(pointer)).length >= MIN_NARRATIVE_CHARS);
    return { 'scorecard:narrative': [narrativePointer ?? PLACEHOLDER] };
  }
  const { scorePointer, maxPointer } = findScorePointers(topLevelPointers, read);
  return {
    'scorecard:overall': [scorePointer ?? PLACEHOLDER],
    ...(maxPointer && { 'scorecard:overall_max': [maxPointer] }),
  };
}

function findScorePointers(pointers: readonly string[], read: (pointer: string) => unknown) {
  const numberPointers = pointers.filter((pointer) => parseScore(read(pointer)));
  return {
    scorePointer: numberPointers.find((pointer) => !MAXIMUM_KEY.test(getKey(pointer))),
    maxPointer: numberPointers.find((pointer) => MAXIMUM_KEY.test(getKey(pointer))),
  };
}

function buildSections(unusedPointers: readonly string[], read: (pointer: string) => unknown): Example {
  const listPointer = unusedPointers.find((pointer) => pointer.includes('/*/'))?.split('/*')[0];
  if (listPointer === undefined)
    return { 'scorecard:sections': [PLACEHOLDER], 'scorecard:section.score': [PLACEHOLDER] };
  const sectionPointers = unusedPointers
    .filter((pointer) => pointer.startsWith(`${listPointer}/*/`))
    .map((pointer) => pointer.slice(`${listPointer}/*`.length));
  const directPointers = sectionPointers.filter((pointer) => !pointer.includes('/*'));
  const readInFirstSection = (pointer: string) => read(`${listPointer}/0${pointer}`);
  const { scorePointer, maxPointer } = findScorePointers(directPointers, readInFirstSection);
  const namePointer = directPointers.find(
    (pointer) => typeof readInFirstSection(pointer) === 'string' && !parseScore(readInFirstSection(pointer)),
  );
  return {
    'scorecard:sections': [listPointer],
    ...(namePointer && { 'scorecard:section.name': [namePointer] }),
    'scorecard:section.score': [scorePointer ?? PLACEHOLDER],
    ...(maxPointer && { 'scorecard:section.max_score': [maxPointer] }),
  };
}

function getKey(pointer: string): string {
  return pointer.slice(pointer.lastIndexOf('/') + 1);
}
