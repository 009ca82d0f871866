/** The policies in deploy/extension have only fields that the browsers and the extension know. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { FIREFOX_ID } from '../../widget/extension/manifest.ts';

const ROOT = join(import.meta.dirname, '../..');
const readText = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const readJson = (path: string) => JSON.parse(readText(path));

/** The extension's id in the files for Chrome and Edge. Administrators replace it. */
const PLACEHOLDER_ID = 'abcdefghijklmnopabcdefghijklmnop';
/** The fields that each browser's documentation lists for an extension in `ExtensionSettings`. */
const DOCUMENTED_FIELDS = {
  'chrome.json': ['installation_mode', 'override_update_url', 'toolbar_pin', 'update_url'],
  'edge.json': ['installation_mode', 'override_update_url', 'toolbar_state', 'update_url'],
  'firefox.json': ['default_area', 'install_url', 'installation_mode'],
};

/** Validates the extension's settings. Unlike a browser, it refuses settings that the extension does not know. */
const areSettingsValid = new Ajv({ strict: false }).compile({
  ...readJson('widget/extension/static/policy.json'),
  additionalProperties: false,
});

for (const [file, fields] of Object.entries(DOCUMENTED_FIELDS)) {
  test(`${file} installs the extension, with settings that the extension knows`, () => {
    const isFirefox = file === 'firefox.json';
    const id = isFirefox ? FIREFOX_ID : PLACEHOLDER_ID;
    const content = readJson(`deploy/extension/${file}`);
    const policies = isFirefox ? content.policies : content;
    assert.deepEqual(Object.keys(policies).sort(), ['3rdparty', 'ExtensionSettings']);

    const { [id]: installation, ...otherExtensions } = policies.ExtensionSettings;
    assert.deepEqual(otherExtensions, {});
    assert.deepEqual(Object.keys(installation).sort(), fields);
    assert.equal(installation.installation_mode, 'force_installed');
    assert.match(installation.update_url ?? installation.install_url, /^https:\/\/evalon\.example\.com\//);

    const settings = policies['3rdparty'][isFirefox ? 'Extensions' : 'extensions'][id];
    assert.equal(new URL(settings.proxyUrl).protocol, 'https:');
    assert.ok(areSettingsValid(settings), JSON.stringify(areSettingsValid.errors));
  });
}

test('the update manifest has the id in the policies, and the version of this release', () => {
  const manifest = readText('deploy/extension/updates.xml');
  assert.ok(manifest.includes(`appid="${PLACEHOLDER_ID}"`));
  assert.ok(manifest.includes(` version="${readJson('package.json').version}"`));
});
