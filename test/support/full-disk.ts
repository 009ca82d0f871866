/**
 * A disk of a few megabytes that can be filled for real: a tmpfs in a mount namespace, which lasts as long as the process
 * that holds it, and goes with this one. Linux only, as root or where a user may make namespaces.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { createTempFolder } from './proxy.ts';

export interface TinyDisk {
  /** The disk's folder, as processes inside see it. */
  mountPath: string;
  /** The same folder, as this process sees it. */
  hostPath: string;
  /** The beginning of a command line that runs inside. */
  commandPrefix: string[];
  /** Takes what is free, to the last byte. */
  fill(): void;
  /** Gives that back. */
  release(): void;
}

const UNSHARE = 'unshare';
const MOUNT = 'mount -t tmpfs -o size="$1" tmpfs "$0" && echo mounted && exec cat';

/** Why there is none on this machine; false where there is. */
export const TINY_DISK_SKIP_REASON = await whyNot();

async function whyNot(): Promise<string | false> {
  if (process.platform !== 'linux') return 'a disk that can be filled needs Linux';
  const { folder, remove } = createTempFolder();
  const holder = await hold(folder, '1m').catch(() => undefined);
  holder?.kill();
  remove();
  return holder ? false : 'a disk that can be filled needs root, or the right to make namespaces (unshare, nsenter)';
}

async function hold(folder: string, size: string) {
  const asUser = process.getuid?.() === 0 ? [] : ['--map-root-user'];
  const holder = spawn(UNSHARE, ['--mount', ...asUser, 'sh', '-c', MOUNT, folder, size], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const [text] = await Promise.race([once(holder.stdout, 'data'), once(holder, 'exit')]);
  if (String(text) !== 'mounted\n') throw new Error('nothing was mounted');
  return holder;
}

/** @param size as tmpfs takes it, such as `3m`. */
export async function startTinyDisk(test: TestContext, size: string): Promise<TinyDisk> {
  const { folder, remove } = createTempFolder();
  const holder = await hold(folder, size);
  test.after(() => {
    holder.kill();
    remove();
  });
  const seen = join(`/proc/${holder.pid}/root`, folder);
  const ballast = join(seen, 'ballast');
  const asUser = process.getuid?.() === 0 ? [] : ['--user', '--preserve-credentials'];
  return {
    mountPath: folder,
    hostPath: seen,
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
      if (statfsSync(seen).bfree) throw new Error('the disk is not full');
    },
    release: () => rmSync(ballast),
  };
}
