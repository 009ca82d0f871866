/** Records how the proxy understood a message from Evalon, for the log and the doctor. Contains keys, never values. */
import type { EvalonField } from './field-map.ts';
import { appendToPointer, listKeys } from './folded-keys.ts';

/**
 * `ambiguous`: two spellings of a key have different values. `conflict`: pointers yield different identities.
 * `unusable`: the value is not of the field's type. `out_of_range`: the score is not between 0 and its maximum.
 */
export type FieldProblem = 'ambiguous' | 'conflict' | 'unusable' | 'out_of_range';

export interface ParseReport {
  /** The first match of each field, or all matches of an identity. */
  matches: readonly { field: EvalonField; pointer: string }[];
  problems: readonly { field: EvalonField; problem: FieldProblem; pointer: string }[];
  /** Pointers to values that no field uses, with `*` for array indices. */
  leftover: readonly string[];
}

const MAX_PROBLEMS = 20;
const MAX_LEFTOVER = 40;
const MAX_LEFTOVER_DEPTH = 6;
const MAX_KEYS_PER_OBJECT = 100;
const MAX_ITEMS_PER_ARRAY = 5;

/**
 * A key that looks like a name in a program. Any other key, such as an email or a number, could be a candidate's data.
 */
const PLAIN_KEY = /^[\p{L}_$][\p{L}\p{N}_$-]{0,39}$/u;
const OTHER_KEY = '…';

export interface ReportRecorder {
  addMatch(field: EvalonField, pointer: string): void;
  /** @param pointer where the problem is; empty if unknown. */
  addProblem(field: EvalonField, problem: FieldProblem, pointer?: string): void;
  hasProblem(problem: FieldProblem, field?: EvalonField): boolean;
  build(body: unknown): ParseReport;
}

export function createReportRecorder(): ReportRecorder {
  const matches: { field: EvalonField; pointer: string }[] = [];
  const problems: { field: EvalonField; problem: FieldProblem; pointer: string }[] = [];
  const used = new Set<string>();

  return {
    addMatch(field, pointer) {
      const general = generalize(pointer);
      if (used.has(`${field} ${general}`)) return;
      used.add(general).add(`${field} ${general}`);
      // `section.score` is reported once, not for each section.
      if (!field.includes('.') || !matches.some((match) => match.field === field)) matches.push({ field, pointer });
    },
    addProblem(field, problem, pointer = '') {
      if (problems.length < MAX_PROBLEMS) problems.push({ field, problem, pointer: hidePersonalKeys(pointer) });
    },
    hasProblem: (problem, field) =>
      problems.some((one) => one.problem === problem && (field === undefined || one.field === field)),
    build: (body) => ({
      problems,
      // Computed on demand, because most reports are never read.
      get matches() {
        return matches.map(({ field, pointer }) => ({ field, pointer: hidePersonalKeys(pointer) }));
      },
      get leftover() {
        return listLeftover(body, used);
      },
    }),
  };
}

/** Replaces array indices with `*`. */
function generalize(pointer: string): string {
  return pointer.replace(/\/\d+(?=\/|$)/g, '/*');
}

function hidePersonalKeys(pointer: string): string {
  return pointer
    .split('/')
    .map((key, index) => (index === 0 || /^(\d+|\*)$/.test(key) || PLAIN_KEY.test(key) ? key : OTHER_KEY))
    .join('/');
}

/** Lists the values that are not in `used`, down to a limited depth and number. */
function listLeftover(body: unknown, used: ReadonlySet<string>): string[] {
  const leftover = new Set<string>();

  function visit(value: unknown, pointer: string, depth: number): void {
    if (leftover.size >= MAX_LEFTOVER || isEmpty(value)) return;
    if (used.has(pointer) && !isUsedContainer(pointer)) return;
    const entries = depth < MAX_LEFTOVER_DEPTH ? listEntries(value) : [];
    if (!entries.length && pointer) leftover.add(hidePersonalKeys(pointer));
    for (const [key, child] of entries) visit(child, `${pointer}${key}`, depth + 1);
  }

  /** The items of a used list may have keys that are not used. */
  function isUsedContainer(pointer: string): boolean {
    return used.has(`${pointer}/*`);
  }

  visit(body, '', 0);
  return [...leftover];
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value === null || value === '' || (typeof value === 'object' && listKeys(value).length === 0);
}

function listEntries(value: unknown): [string, unknown][] {
  if (Array.isArray(value)) return value.slice(0, MAX_ITEMS_PER_ARRAY).map((item) => ['/*', item]);
  if (typeof value !== 'object' || value === null) return [];
  const record = value as Record<string, unknown>;
  return listKeys(record)
    .slice(0, MAX_KEYS_PER_OBJECT)
    .map((key) => [appendToPointer('', key), record[key]]);
}
