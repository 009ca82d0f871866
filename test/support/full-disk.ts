/**
 * A disk of a few megabytes that a test can fill: a tmpfs in a mount namespace, which exists as long as the process
 * that created it. Needs Linux, and root or the right to create namespaces.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { createTempFolder } from './proxy.ts';

export interface TinyDisk {
  /** The disk's folder, for processes in the namespace. */
  mountPath: string;
  /** The same folder, for this process. */
  hostPath: string;
  /** The beginning of a command line that runs in the namespace. */
  commandPrefix: string[];
  /** Uses all free space, to the last byte. */
  fill(): void;
  /** Frees the space that `fill` used. */
  release(): void;
}

/** `sh -c` passes the folder as `$0` and the size as `$1`. `cat` keeps the namespace until it is killed. */
const MOUNT_SCRIPT = 'mount -t tmpfs -o size="$1" tmpfs "$0" && echo mounted && exec cat';

/** The reason why this machine cannot create such a disk, or false if it can. */
export const TINY_DISK_SKIP_REASON = await findSkipReason();

async function findSkipReason(): Promise<string | false> {
  if (process.platform !== 'linux') return 'a disk that a test can fill needs Linux';
  const { folder, remove } = createTempFolder();
  const holder = await mountDisk(folder, '1m').catch(() => undefined);
  holder?.kill();
  remove();
  return holder ? false : 'a disk that a test can fill needs root, or the right to create namespaces';
}

/** Returns the process that keeps the namespace. */
async function mountDisk(folder: string, size: string) {
  const asUser = isRoot() ? [] : ['--map-root-user'];
  const holder = spawn('unshare', ['--mount', ...asUser, 'sh', '-c', MOUNT_SCRIPT, folder, size], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const [output] = await Promise.race([once(holder.stdout, 'data'), once(holder, 'exit')]);
  if (String(output) !== 'mounted\n') throw new Error('failed to mount the disk');
  return holder;
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** @param size in tmpfs's format, such as `3m`. */
export async function startTinyDisk(test: TestContext, size: string): Promise<TinyDisk> {
  const { folder, remove } = createTempFolder();
  const holder = await mountDisk(folder, size);
  test.after(() => {
    holder.kill();
    remove();
  });
  const hostPath = join(`/proc/${holder.pid}/root`, folder);
  const ballast = join(hostPath, 'ballast');
  const asUser = isRoot() ? [] : ['--user', '--preserve-credentials'];
  return {
    mountPath: folder,
    hostPath,
    commandPrefix: ['nsenter', `--target=${holder.pid}`, '--mount', ...asUser],
    fill() {
      const file = openSync(ballast, 'a');
      try {
        for (;;) writeSync(file, Buffer.alloc(4_096));
      } catch (error) {
        if ((error as { code?: string }).code !== 'ENOSPC') throw error;
      } finally {
        closeSync(file);
      }
      if (statfsSync(hostPath).bfree) throw new Error('the disk is not full');
    },
    release: () => rmSync(ballast),
  };
}
