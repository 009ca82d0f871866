/**
 * Reads the proxy's fields from a message from Evalon, as the field map says, and records which pointers matched.
 * Ignores a field whose value is ambiguous.
 */
import {
  type CompiledTier,
  ENVELOPED_OBJECTS,
  type EvalonField,
  type EvalonMessage,
  type FieldMap,
  type FieldPointers,
} from './field-map.ts';
import { type CompiledPointer, createPointerResolver, type Found, type Resolution } from './folded-keys.ts';
import { createReportRecorder, type ReportRecorder } from './parse-report.ts';

/** Returns undefined for a value that the field cannot have. */
type ParseValue<T> = (value: unknown) => T | undefined;

type FoundOrAmbiguous = Found | 'ambiguous';

/** Returns true to stop the visit. */
type Visit = (found: FoundOrAmbiguous) => boolean;

interface FieldValue<T> {
  value: T;
  pointer: string;
}

export interface FieldReader {
  /** Returns the first pointer whose value `parse` accepts, and the parsed value. */
  find<T>(field: EvalonField, parse: ParseValue<T>, options?: FindOptions): FieldValue<T> | undefined;
  /** Like `find`, but returns only the parsed value. */
  read<T>(field: EvalonField, parse: ParseValue<T>): T | undefined;
  /** Returns the values at all of IT's pointers. If IT's pointers have no value, uses all built-in pointers. */
  readAll<T>(field: EvalonField, parse: ParseValue<T>): T[];
  /**
   * Returns the id of a session, candidate or project. Reports a conflict if two pointers of equal rank lead to
   * different ids. IT's pointers and the documented key have equal rank.
   */
  readIdentity(field: EvalonField, parse: ParseValue<string>, normalize?: (id: string) => string): string | undefined;
  /** Returns whether any value of the tier passes the test. Also tests null. */
  some(tier: CompiledTier, test: (value: unknown) => boolean): boolean;
  /** Returns a reader of a section or question. It adds to this reader's report. */
  createItemReader(item: unknown, pointer: string): FieldReader;
  /** Returns whether the message must be rejected because it names, for example, two sessions. */
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
    /** For each list of wrappers, those that the message has. */
    const presentWrappers = new Map<readonly CompiledPointer[], FoundOrAmbiguous[]>();

    function listPresentWrappers(wrappers: readonly CompiledPointer[]): FoundOrAmbiguous[] {
      const cached = presentWrappers.get(wrappers);
      if (cached) return cached;
      const present = wrappers.flatMap((wrapper) => {
        const found = resolver.resolve(root, wrapper);
        return found === 'ambiguous' || isContainer(found) ? [found] : [];
      });
      presentWrappers.set(wrappers, present);
      return present;
    }

    /** Visits the values of a tier, best first, until `visit` returns true. Returns whether `visit` returned true. */
    function visitTier({ groups, isTopLevelId }: CompiledTier, visit: Visit): boolean {
      if (isTopLevelId && ENVELOPED_OBJECTS.some((pointer) => isContainer(resolver.resolve(root, pointer))))
        return false;
      for (const { wrappers, pointers } of groups) {
        const present = listPresentWrappers(wrappers);
        for (const pointer of pointers) {
          for (const wrapper of present) {
            const found = wrapper === 'ambiguous' ? wrapper : resolver.resolve(wrapper, pointer);
            if (found !== undefined && visit(found)) return true;
          }
        }
      }
      return false;
    }

    /** Like `visitTier`, for the pointers of EVALON_FIELD_MAP. */
    function visitCustom({ custom }: FieldPointers, visit: Visit): boolean {
      return custom.some((pointer) => {
        const found = resolver.resolve(root, pointer, 'exact first');
        return found !== undefined && visit(found);
      });
    }

    /**
     * Yields the values of an identity by rank, best first. A rank counts only if all ranks before it have no value.
     */
    function* listRanks(pointers: FieldPointers): Generator<FoundOrAmbiguous[]> {
      const custom = collect((visit) => visitCustom(pointers, visit));
      if (custom.length) yield [...custom, ...collect((visit) => visitTier(pointers.documented, visit))];
      else for (const tier of pointers.tiers) yield collect((visit) => visitTier(tier, visit));
    }

    const reader: FieldReader = {
      find<T>(field: EvalonField, parse: ParseValue<T>, { accepts }: FindOptions = {}) {
        const pointers = fieldMap.getPointers(message, field);
        let match: FieldValue<T> | undefined;
        let unusablePointer: string | undefined;
        const visit = (found: FoundOrAmbiguous): boolean => {
          if (found === 'ambiguous') {
            report.addProblem(field, 'ambiguous');
            return true;
          }
          const value = parse(found.value);
          if (value !== undefined) match = { value, pointer: found.pointer };
          else if (isScalar(found.value)) unusablePointer ??= found.pointer;
          return value !== undefined;
        };
        const visitBuiltIn = (found: FoundOrAmbiguous): boolean =>
          (found === 'ambiguous' || accepts?.(found.pointer) !== false) && visit(found);
        const isFound = visitCustom(pointers, visit) || pointers.tiers.some((tier) => visitTier(tier, visitBuiltIn));
        if (match) report.addMatch(field, match.pointer);
        else if (!isFound && unusablePointer !== undefined) report.addProblem(field, 'unusable', unusablePointer);
        return match;
      },

      read: (field, parse) => reader.find(field, parse)?.value,

      readAll<T>(field: EvalonField, parse: ParseValue<T>) {
        const pointers = fieldMap.getPointers(message, field);
        const values: T[] = [];
        const visit = (found: FoundOrAmbiguous): boolean => {
          const value = found === 'ambiguous' ? undefined : parse(found.value);
          if (found === 'ambiguous') report.addProblem(field, 'ambiguous');
          else if (value !== undefined) {
            report.addMatch(field, found.pointer);
            values.push(value);
          }
          return false;
        };
        visitCustom(pointers, visit);
        if (!values.length) for (const tier of pointers.tiers) visitTier(tier, visit);
        return values;
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

      some: (tier, test) => visitTier(tier, (found) => found !== 'ambiguous' && test(found.value)),
      createItemReader: (item, pointer) => createReader({ value: item, pointer }),
      hasConflict: () => report.hasProblem('conflict'),
      report,
    };
    return reader;
  }

  return createReader({ value: body, pointer: '' });
}

/** Returns all visited values, except null. */
function collect(visitAll: (visit: Visit) => void): FoundOrAmbiguous[] {
  const values: FoundOrAmbiguous[] = [];
  visitAll((found) => {
    if (found === 'ambiguous' || found.value !== null) values.push(found);
    return false;
  });
  return values;
}

/** Returns whether the pointer leads to an object or a list. */
function isContainer(found: Resolution): found is Found {
  return found !== 'ambiguous' && typeof found?.value === 'object' && found.value !== null;
}

/**
 * Returns whether the value is a number or a non-empty text. A key such as `candidate` may contain an object instead,
 * which is not an error.
 */
function isScalar(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
}
