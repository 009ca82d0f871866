/** The browser extension in Firefox, where there is one. */
import { testFiles } from '../../.config/testing/files.ts';
import { runInNode } from '../../.config/testing/node.ts';
import { findFirefox, NO_FIREFOX_MESSAGE } from '../support/firefox.ts';
import type { SoakResult } from './measured.ts';

export async function soakFirefox(): Promise<SoakResult[]> {
  if (!findFirefox()) {
    console.log(`SKIPPED: ${NO_FIREFOX_MESSAGE} (Debian: apt-get install -y firefox-esr)`);
    return [];
  }
  const { passed, failed } = await runInNode(testFiles('soak'), 1, Number.POSITIVE_INFINITY);
  return [{ what: 'tests that hold', value: passed, unit: `of ${passed + failed}`, holds: failed === 0 && passed > 0 }];
}
