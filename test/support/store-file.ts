/** Opens a store, and closes it after its use. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Store } from '../../proxy/store/store.ts';
import { systemClock } from '../../proxy/util/clock.ts';
import { openStore } from './test-database.ts';

export const EVALON_URL = 'https://api.evalon.example';

/** Returns the path of a new file, in a folder that does not exist yet either. */
export function createFilePath(): string {
  return join(mkdtempSync(join(tmpdir(), 'store-')), 'deeper', 'evalon.db');
}

export async function withStore(run: (store: Store) => Promise<void>, file = ':memory:'): Promise<void> {
  const store = await openStore(file, EVALON_URL, systemClock);
  try {
    await run(store);
  } finally {
    await store.close();
  }
}
