/**
 * Resolves JSON pointers (RFC 6901) in Evalon's messages. Compares keys without case and separators: `session_uuid`,
 * `sessionUuid` and `Session-UUID` are equal.
 */

/** Longer keys are never compared. */
const MAX_KEY_CHARS = 200;
/** An object's keys beyond this number are never compared. Evalon's objects have a few dozen. */
const MAX_KEYS_PER_OBJECT = 1_000;
const NO_KEYS: readonly string[] = [];
const ARRAY_INDEX = /^(0|[1-9]\d{0,6})$/;

export interface Found {
  value: unknown;
  /** The pointer with the message's own spelling of the keys. */
  pointer: string;
}

/** `ambiguous`: two spellings of a key have different values. */
export type Resolution = Found | 'ambiguous' | undefined;

export function isJsonObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function foldKey(key: string): string {
  return key.toLowerCase().replace(/[\s_.:-]+/g, '') || key;
}

export function appendToPointer(pointer: string, key: string): string {
  return `${pointer}/${/[~/]/.test(key) ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key}`;
}

/** Returns the value of a key in any spelling, or undefined if it is missing or ambiguous. */
export function readFolded(object: object, key: string): unknown {
  const folded = foldKey(key);
  const keys = listComparedKeys(object).filter((name) => foldKey(name) === folded);
  return keys.length === 1 ? (object as Record<string, unknown>)[keys[0] as string] : undefined;
}

/** A pointer whose tokens are prepared for comparison. */
export interface CompiledPointer {
  tokens: readonly { exact: string; folded: string }[];
}

export function compilePointer(pointer: string): CompiledPointer {
  const tokens = pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
  return { tokens: tokens.map((exact) => ({ exact, folded: foldKey(exact) })) };
}

/** Resolves pointers in one message. Folds the keys of each object once. */
export interface PointerResolver {
  /** @param spelling `exact first`: the pointer's own spelling wins if a key has several spellings. Default: `any`. */
  resolve(start: Found, pointer: CompiledPointer, spelling?: 'any' | 'exact first'): Resolution;
}

export function createPointerResolver(): PointerResolver {
  const foldedKeys = new Map<object, Map<string, string[]>>();

  function getKeys(object: object, folded: string): readonly string[] {
    let keys = foldedKeys.get(object);
    if (!keys) {
      keys = Map.groupBy(listComparedKeys(object), foldKey);
      foldedKeys.set(object, keys);
    }
    return keys.get(folded) ?? NO_KEYS;
  }

  function resolveToken(
    { value, pointer }: Found,
    { exact, folded }: CompiledPointer['tokens'][number],
    prefersExact: boolean,
  ): Resolution {
    if (Array.isArray(value)) {
      if (!ARRAY_INDEX.test(exact) || Number(exact) >= value.length) return undefined;
      return { value: value[Number(exact)], pointer: appendToPointer(pointer, exact) };
    }
    if (!isJsonObject(value)) return undefined;
    const keys = getKeys(value, folded);
    const key = prefersExact && keys.includes(exact) ? exact : keys[0];
    if (key === undefined) return undefined;
    const record = value as Record<string, unknown>;
    const isDecided =
      keys.length === 1 || (prefersExact && key === exact) || areEqual(keys.map((name) => record[name]));
    return isDecided ? { value: record[key], pointer: appendToPointer(pointer, key) } : 'ambiguous';
  }

  return {
    resolve(start, { tokens }, spelling = 'any') {
      const prefersExact = spelling === 'exact first';
      let found: Resolution = start;
      for (const token of tokens) {
        found = resolveToken(found, token, prefersExact);
        if (found === undefined || found === 'ambiguous') return found;
      }
      return found;
    },
  };
}

const listedKeys = new WeakMap<object, string[]>();

/**
 * Lists the first keys of an object. Caches the list: `Object.keys` takes 10 ms for an object with 100,000 keys.
 */
export function listKeys(object: object): readonly string[] {
  const cached = listedKeys.get(object);
  if (cached) return cached;
  const keys = Object.keys(object).slice(0, MAX_KEYS_PER_OBJECT);
  listedKeys.set(object, keys);
  return keys;
}

function listComparedKeys(object: object): string[] {
  return listKeys(object).filter((name) => name.length <= MAX_KEY_CHARS);
}

function areEqual(values: readonly unknown[]): boolean {
  return new Set(values.map((value) => JSON.stringify(value))).size === 1;
}
