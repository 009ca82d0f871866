import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { hashContent, type PinnedBuild } from '../../../proxy/pinned-files/build.ts';
import { openPinnedFiles } from '../../../proxy/pinned-files/pinned-files.ts';
import { systemClock } from '../../../proxy/util/clock.ts';
import type { Log } from '../../../proxy/util/log.ts';
import { openStore } from '../../support/test-database.ts';

/** @param code makes the build differ from other builds of the version. */
function createBuild(version: string, code = ''): PinnedBuild {
  const content = `export {}; // ${version} ${code}`;
  const files = new Map([
    [`${version}.js`, content],
    [`${version}.result.part.js`, `// part of ${version} ${code}`],
  ]);
  return { version, integrity: hashContent(content), files };
}

/** Creates a database. Each call of `start` starts a release that uses this database. */
async function createReleases(test: TestContext) {
  const store = await openStore(':memory:', 'https://api.evalon.example', systemClock);
  test.after(() => store.close());
  const warnings: object[] = [];
  const log = { warn: (facts: object) => void warnings.push(facts) } as unknown as Log;
  return {
    warnings,
    async start(build: PinnedBuild | undefined, { shouldReplace = false } = {}) {
      const { current, get } = await openPinnedFiles({ store, log, build, shouldReplace });
      return { current, read: async (name: string) => (await get(name))?.identity.toString() };
    },
  };
}

describe('the pinned files of a database', () => {
  it('are those of every release that has used it', async (test) => {
    const { start, warnings } = await createReleases(test);
    const builds = ['1.0.0', '1.1.0', '2.0.0'].map((version) => createBuild(version));
    for (const build of builds) await start(build);
    const { current, read } = await start(builds.at(-1));
    assert.deepEqual(current, { version: '2.0.0', integrity: builds.at(-1)?.integrity });
    for (const { files } of builds) for (const [name, content] of files) assert.equal(await read(name), content);
    assert.equal(await read('3.0.0.js'), undefined);
    assert.deepEqual(warnings, []);
  });

  it('stay if another build has the same version, with a warning and the hash of the stored file', async (test) => {
    const { start, warnings } = await createReleases(test);
    const first = createBuild('1.0.0');
    await start(first);
    const { current, read } = await start(createBuild('1.0.0', 'rebuilt'));
    for (const [name, content] of first.files) assert.equal(await read(name), content);
    assert.equal(current?.integrity, first.integrity);
    assert.deepEqual(warnings, [{ version: '1.0.0' }]);
  });

  it('are replaced by another build of the same version in the sandbox', async (test) => {
    const { start, warnings } = await createReleases(test);
    await start(createBuild('1.0.0'), { shouldReplace: true });
    const rebuilt = createBuild('1.0.0', 'rebuilt');
    const { current, read } = await start(rebuilt, { shouldReplace: true });
    for (const [name, content] of rebuilt.files) assert.equal(await read(name), content);
    assert.equal(current?.integrity, rebuilt.integrity);
    assert.deepEqual(warnings, []);
  });

  it('are those of earlier releases if the widget is not built', async (test) => {
    const { start } = await createReleases(test);
    await start(createBuild('1.0.0'));
    const { current, read } = await start(undefined);
    assert.equal(current, undefined);
    assert.match((await read('1.0.0.js')) ?? '', /1\.0\.0/);
  });

  it('are readable when more are requested than memory keeps', async (test) => {
    const { start } = await createReleases(test);
    // More files than the 20 that the memory cache keeps.
    const versions = Array.from({ length: 30 }, (_, index) => `1.${index}.0`);
    for (const version of versions) await start(createBuild(version));
    const { read } = await start(undefined);
    for (const version of [...versions, ...versions]) {
      assert.equal(await read(`${version}.js`), createBuild(version).files.get(`${version}.js`));
    }
  });
});
