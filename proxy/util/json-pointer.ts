/** JSON Pointer (RFC 6901), own properties only. */

/** Returns the value at the pointer, or undefined. The empty pointer is the whole value. */
export function resolveJsonPointer(value: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce(readOwnProperty, value);
}

export function readOwnProperty(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
