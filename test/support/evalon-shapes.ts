/** Builds messages from Evalon with random nesting and key spelling, for property-based tests of the parser. */
import fc from 'fast-check';
import type { EvalonField, EvalonMessage } from '../../proxy/config/field-map.ts';
import { listBuiltInPointers } from '../../proxy/evalon/field-map.ts';

/** A value that is placed at one of a field's pointers. */
export interface PlacedValue {
  pointer: string;
  value: unknown;
}

const capitalize = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);

const SPELLINGS: readonly ((words: string[]) => string)[] = [
  (words) => words.join('_'),
  (words) => words.join('-'),
  (words) => words.join('_').toUpperCase(),
  (words) => words.map(capitalize).join(''),
  ([first = '', ...rest]) => first + rest.map(capitalize).join(''),
];

/** Generates the spelling of all keys in a message. An API spells all its keys alike. */
export const keySpelling = fc.constantFrom(...SPELLINGS);

/** Generates a value together with a random place at which the parser looks for the field. */
export const placeAnywhere = (message: EvalonMessage, field: EvalonField, value: fc.Arbitrary<unknown>) =>
  fc.record({ pointer: fc.constantFrom(...listBuiltInPointers(message, field)), value });

/** Builds the message, or returns undefined if two values need the same place. */
export function buildMessage(
  placed: readonly PlacedValue[],
  spellKey: (words: string[]) => string,
): object | undefined {
  const root: Record<string, unknown> = {};
  for (const { pointer, value } of placed) {
    const keys = pointer
      .split('/')
      .slice(1)
      .map((key) => spellKey(key.split('_')));
    const last = keys.pop() ?? '';
    let parent = root;
    for (const key of keys) {
      const child = parent[key] ?? {};
      if (typeof child !== 'object' || Array.isArray(child)) return undefined;
      parent[key] = child;
      parent = child as Record<string, unknown>;
    }
    if (last in parent) return undefined;
    parent[last] = value;
  }
  return root;
}
