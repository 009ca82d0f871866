/** Tables about calls to Evalon. */
import type { Selectable } from 'kysely';

/** The API keys of Evalon that were in use, to alert when a key is old. */
export interface ApiKeysTable {
  /** Keyed hash of the API key. */
  hash: string;
  first_seen_at: string;
}

/** Permits of the rate limit. A permit allows one call to Evalon, and counts towards the limit until `release_at`. */
export interface RatePermitsTable {
  permit_id: string;
  priority: string;
  granted_at: string;
  /** While the call is running: the latest possible time. After the call: the exact time. */
  release_at: string;
}

export type StoredPermit = Selectable<RatePermitsTable>;
