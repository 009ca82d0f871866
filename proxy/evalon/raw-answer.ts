/** A response of Evalon as it came, kept so that it can be parsed again by another field map. */
import type { EvalonMessage } from './field-map.ts';

export interface RawAnswer {
  message: EvalonMessage;
  /** The JSON text. */
  body: string;
  /** The version of the field map that parsed it. */
  field_map_version: string;
}
