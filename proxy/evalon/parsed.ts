/** The input and the result of the functions that parse Evalon's messages. */
import type { FieldMap } from './field-map.ts';
import type { ParseReport } from './parse-report.ts';

export interface ParseContext {
  fieldMap: FieldMap;
  /** The URL of Evalon's API, and the base of relative links. */
  baseUrl: string;
  /** Milliseconds since 1970. */
  now: number;
}

export interface Parsed<T> {
  /** Undefined if the message is not understood, or names two identities. */
  value: T | undefined;
  report: ParseReport;
}
