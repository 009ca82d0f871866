import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { createBuildFolder } from '../../.config/build-folder.ts';
import { createTempFolder } from '../support/proxy.ts';

/** Returns the path of a build folder that does not exist yet. */
function createBuildPath(test: TestContext): string {
  const { folder, remove } = createTempFolder();
  test.after(remove);
  return join(folder, '.building');
}

const readOwner = (folder: string) => readFileSync(join(folder, 'pid'), 'utf8');

describe('the folder of a build', () => {
  it('belongs to one process, and other processes wait until it is removed', async (test) => {
    const folder = createBuildPath(test);
    const owner = spawn(process.execPath, ['-e', 'process.stdin.resume()']);
    test.after(() => owner.kill());
    mkdirSync(folder);
    writeFileSync(join(folder, 'pid'), String(owner.pid));
    let isCreated = false;
    const created = createBuildFolder(folder).then(() => {
      isCreated = true;
    });
    await new Promise(setImmediate);
    assert.deepEqual([isCreated, readOwner(folder)], [false, String(owner.pid)]);
    rmSync(folder, { recursive: true });
    await created;
    assert.equal(readOwner(folder), String(process.pid));
  });

  it('is taken over from a process that was killed', async (test) => {
    const folder = createBuildPath(test);
    const owner = spawn(process.execPath, ['-e', '']);
    await new Promise((resolve) => owner.on('close', resolve));
    mkdirSync(folder);
    writeFileSync(join(folder, 'pid'), String(owner.pid));
    writeFileSync(join(folder, 'half-built.js'), '');
    await createBuildFolder(folder);
    assert.deepEqual([readOwner(folder), existsSync(join(folder, 'half-built.js'))], [String(process.pid), false]);
  });

  it('is taken over from a process that was killed before it wrote its process id', async (test) => {
    const folder = createBuildPath(test);
    mkdirSync(folder);
    // Makes the folder so old that a running process would have written its process id.
    utimesSync(folder, new Date(0), new Date(0));
    await createBuildFolder(folder);
    assert.equal(readOwner(folder), String(process.pid));
  });
});
