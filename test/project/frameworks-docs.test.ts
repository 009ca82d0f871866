/** The code in docs/frameworks.md is the code of the tested apps. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { HOST_APPS, type HostAppName, readComponent } from '../support/frameworks/host-apps.ts';

const DOCUMENT = readFileSync(join(import.meta.dirname, '../../docs/frameworks.md'), 'utf8');

const HEADINGS: Record<HostAppName, string> = {
  'react-19': 'React 19',
  'react-18': 'React 18',
  vue: 'Vue 3',
  angular: 'Angular',
  svelte: 'Svelte 5',
  htmx: 'htmx',
  turbo: 'Turbo',
  html: 'Plain HTML',
};

for (const name of Object.keys(HOST_APPS) as HostAppName[]) {
  test(`docs/frameworks.md shows the tested code of ${name}`, () => {
    const [, section = ''] = DOCUMENT.split(`\n## ${HEADINGS[name]}\n`);
    const [, code] = /^```\w+\n(.*?)^```$/ms.exec(section) ?? [];
    assert.equal(code, readComponent(name));
  });
}
