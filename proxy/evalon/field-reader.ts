/**
 * Reads our fields from one of Evalon's messages by the field map, and records which pointers matched. A value that
 * could be read in two ways is not understood.
 */
import {
  type CompiledTier,
  ENVELOPED,
  type EvalonField,
  type EvalonMessage,
  type FieldMap,
  type FieldPointers,
} from './field-map.ts';
import { type CompiledPointer, createPointerResolver, type Found, type Resolution } from './folded-keys.ts';
import { createReportRecorder, type ReportRecorder } from './parse-report.ts';

/** Returns undefined for a value that the field cannot have. */
type ParseValue<T> = (value: unknown) => T | undefined;

interface FieldValue<T> {
  value: T;
  pointer: string;
}

export interface FieldReader {
  /** Returns the value of the first pointer that `parse` accepts. */
  find<T>(field: EvalonField, parse: ParseValue<T>, options?: FindOptions): FieldValue<T> | undefined;
  /** Returns the value of `find`. */
  read<T>(field: EvalonField, parse: ParseValue<T>): T | undefined;
  /** Returns the values of all of IT's pointers, or if they have none, of all built-in ones. */
  readAll<T>(field: EvalonField, parse: ParseValue<T>): T[];
  /**
   * Returns an identity. Pointers of equal rank that yield different ones are a conflict, and so are IT's pointers and
   * the documented name.
   */
  readIdentity(field: EvalonField, parse: ParseValue<string>, normalize?: (id: string) => string): string | undefined;
  /** Whether any value of the tier passes the test. Includes null. */
  some(tier: CompiledTier, test: (value: unknown) => boolean): boolean;
  /** Returns a reader of a section or question. Its report is this one's. */
  createItemReader(item: unknown, pointer: string): FieldReader;
  /** Whether the message must be refused because it names two identities. */
  hasConflict(): boolean;
  report: ReportRecorder;
}

interface FindOptions {
  /** Whether the match of a built-in pointer counts. */
  accepts?: (pointer: string) => boolean;
}

export function createFieldReader(message: EvalonMessage, fieldMap: FieldMap, body: unknown): FieldReader {
  const resolver = createPointerResolver();
  const report = createReportRecorder();

  function createReader(root: Found): FieldReader {
    /** The wrappers of each list that the message has. */
    const presentWrappers = new Map<readonly CompiledPointer[], (Found | 'ambiguous')[]>();

    function listPresent(wrappers: readonly CompiledPointer[]): (Found | 'ambiguous')[] {
      const known = presentWrappers.get(wrappers);
      if (known) return known;
      const present = wrappers.flatMap((wrapper) => {
        const found = resolver.resolve(root, wrapper);
        return found === 'ambiguous' || isFilledObject(found) ? [found] : [];
      });
      presentWrappers.set(wrappers, present);
      return present;
    }

    function* resolveTier(tier: CompiledTier): Generator<Found | 'ambiguous'> {
      for (const found of resolveTierWithNull(tier)) if (hasValue(found)) yield found;
    }

    function* resolveTierWithNull({ groups, isTopLevelId }: CompiledTier): Generator<Found | 'ambiguous'> {
      if (isTopLevelId && ENVELOPED.some((pointer) => isFilledObject(resolver.resolve(root, pointer)))) return;
      for (const { wrappers, pointers } of groups) {
        for (const pointer of pointers) {
          for (const wrapper of listPresent(wrappers)) {
            const found = wrapper === 'ambiguous' ? wrapper : resolver.resolve(wrapper, pointer);
            if (found !== undefined) yield found;
          }
        }
      }
    }

    function* resolveCustom({ custom }: FieldPointers): Generator<Found | 'ambiguous'> {
      for (const pointer of custom) {
        const found = resolver.resolve(root, pointer, true);
        if (hasValue(found)) yield found;
      }
    }

    function* listRanks(pointers: FieldPointers): Generator<(Found | 'ambiguous')[]> {
      const custom = [...resolveCustom(pointers)];
      if (custom.length) yield [...custom, ...resolveTier(pointers.documented)];
      else for (const tier of pointers.tiers) yield [...resolveTier(tier)];
    }

    const reader: FieldReader = {
      find(field, parse, { accepts = () => true } = {}) {
        const pointers = fieldMap.getPointers(message, field);
        let unusable: string | undefined;
        for (const [isCustom, candidates] of [
          [true, resolveCustom(pointers)],
          ...pointers.tiers.map((tier) => [false, resolveTier(tier)] as const),
        ] as const) {
          for (const found of candidates) {
            if (found === 'ambiguous') {
              report.addProblem(field, 'ambiguous');
              return undefined;
            }
            if (!isCustom && !accepts(found.pointer)) continue;
            const value = parse(found.value);
            if (value !== undefined) {
              report.addMatch(field, found.pointer);
              return { value, pointer: found.pointer };
            }
            if (isScalar(found.value)) unusable ??= found.pointer;
          }
        }
        if (unusable !== undefined) report.addProblem(field, 'unusable', unusable);
        return undefined;
      },

      read: (field, parse) => reader.find(field, parse)?.value,

      readAll(field, parse) {
        const pointers = fieldMap.getPointers(message, field);
        const parseAll = (candidates: Iterable<Found | 'ambiguous'>) =>
          [...candidates].flatMap((found) => {
            if (found === 'ambiguous') report.addProblem(field, 'ambiguous');
            const value = found === 'ambiguous' ? undefined : parse(found.value);
            if (found === 'ambiguous' || value === undefined) return [];
            report.addMatch(field, found.pointer);
            return [value];
          });
        const custom = parseAll(resolveCustom(pointers));
        return custom.length ? custom : pointers.tiers.flatMap((tier) => parseAll(resolveTier(tier)));
      },

      readIdentity(field, parse, normalize = (id) => id) {
        for (const rank of listRanks(fieldMap.getPointers(message, field))) {
          const ids = new Map<string, string>();
          for (const found of rank) {
            if (found === 'ambiguous') {
              report.addProblem(field, 'conflict');
              return undefined;
            }
            const id = parse(found.value);
            if (id !== undefined) {
              report.addMatch(field, found.pointer);
              ids.set(normalize(id), ids.get(normalize(id)) ?? id);
            } else if (isScalar(found.value)) {
              report.addProblem(field, 'unusable', found.pointer);
              return undefined;
            }
          }
          if (ids.size > 1) report.addProblem(field, 'conflict');
          if (ids.size) return ids.size === 1 ? ids.values().next().value : undefined;
        }
        return undefined;
      },

      some: (tier, test) => [...resolveTierWithNull(tier)].some((found) => found !== 'ambiguous' && test(found.value)),
      createItemReader: (item, pointer) => createReader({ value: item, pointer }),
      hasConflict: () => report.hasProblem('conflict'),
      report,
    };
    return reader;
  }

  return createReader({ value: body, pointer: '' });
}

function hasValue(found: Resolution): found is Found | 'ambiguous' {
  return found === 'ambiguous' || (found?.value !== null && found?.value !== undefined);
}

function isFilledObject(found: Resolution): found is Found {
  return found !== 'ambiguous' && typeof found?.value === 'object' && found.value !== null;
}

/** Objects do not count: a key such as `candidate` may have either. */
function isScalar(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
}
