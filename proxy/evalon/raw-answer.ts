/** An unmodified response from Evalon, which the proxy stores to parse it again with a later field map. */
import type { EvalonMessage } from './field-map.ts';

export interface RawAnswer {
  message: EvalonMessage;
  /** The JSON text. */
  body: string;
  /** The version of the field map that parsed the body. */
  field_map_version: string;
}
