/** Starts the Firefox of this machine, without a window, and connects to it by Marionette. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from './eventually.ts';
import { findExecutable, isExecutable } from './find-executable.ts';
import { Marionette } from './marionette.ts';
import { createTempFolder } from './proxy.ts';

export const NO_FIREFOX_MESSAGE = 'no Firefox was found (Debian: apt-get install firefox-esr)';

export interface RunningFirefox {
  marionette: Marionette;
  version: string;
  close(): Promise<void>;
}

/** Returns `TEST_FIREFOX`, or else the first Firefox on the path. */
export function findFirefox(): string | undefined {
  const configured = process.env['TEST_FIREFOX'] ?? '';
  return isExecutable(configured) ? configured : findExecutable('firefox', 'firefox-esr');
}

/** @param managed the settings from a policy, by extension id. */
export async function startFirefox(executable: string, managed: Record<string, object> = {}): Promise<RunningFirefox> {
  const { folder, remove } = createTempFolder();
  const profile = join(folder, 'profile');
  mkdirSync(profile);
  writeFileSync(join(profile, 'user.js'), 'user_pref("marionette.port", 0);\n');
  const manifests = join(folder, '.mozilla/managed-storage');
  mkdirSync(manifests, { recursive: true });
  for (const [name, data] of Object.entries(managed)) {
    const manifest = { name, description: 'Settings from a policy', type: 'storage', data };
    writeFileSync(join(manifests, `${name}.json`), JSON.stringify(manifest));
  }
  const child = spawn(
    executable,
    ['--headless', '--no-remote', '--marionette', '--remote-allow-system-access', '--profile', profile],
    { stdio: 'ignore', env: { ...process.env, HOME: folder, MOZ_CRASHREPORTER_DISABLE: '1' } },
  );
  const ended = once(child, 'exit');
  const port = await waitFor(() => Number(readFileSync(join(profile, 'MarionetteActivePort'), 'utf8')));
  const marionette = await Marionette.connect(port);
  const { capabilities } = (await marionette.send('WebDriver:NewSession', { capabilities: {} })) as {
    capabilities: { browserVersion: string };
  };
  return {
    marionette,
    version: capabilities.browserVersion,
    async close() {
      child.kill();
      await ended;
      remove();
    },
  };
}
