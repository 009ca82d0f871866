/** Tests the browser extension in Firefox, if one is installed. */
import { findFirefox, NO_FIREFOX_MESSAGE } from '../support/firefox.ts';
import type { SoakResult } from './measured.ts';
import { runTests } from './run-tests.ts';

export async function soakFirefox(): Promise<SoakResult[]> {
  if (!findFirefox()) {
    console.log(`SKIPPED: ${NO_FIREFOX_MESSAGE} (Debian: apt-get install -y firefox-esr)`);
    return [];
  }
  const { passed, failed } = await runTests('test/soak/*.test.ts', 1);
  return [{ what: 'tests that pass', value: passed, unit: `of ${passed + failed}`, holds: failed === 0 && passed > 0 }];
}
