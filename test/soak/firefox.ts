/** The browser extension in Firefox, where there is one. */
import { testFiles } from '../../.config/testing/files.ts';
import { runInNode } from '../../.config/testing/node.ts';
import { findFirefox, NO_FIREFOX } from '../support/firefox.ts';
import type { Measured } from './measured.ts';

export async function firefox(): Promise<Measured[]> {
  if (!findFirefox()) {
    console.log(`SKIPPED: ${NO_FIREFOX} (Debian: apt-get install -y firefox-esr)`);
    return [];
  }
  const { passed, failed } = await runInNode(testFiles('soak'), 1, Number.POSITIVE_INFINITY);
  return [{ what: 'tests that hold', value: passed, unit: `of ${passed + failed}`, holds: failed === 0 && passed > 0 }];
}
