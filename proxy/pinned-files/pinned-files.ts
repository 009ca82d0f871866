/**
 * The widget's pinned files. The database keeps the files of every release that has used the database. So a page that
 * loads the widget with the attribute `integrity` works after an upgrade.
 */
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Queries, Store } from '../store/store.ts';
import type { Log } from '../util/log.ts';
import { hashContent, type PinnedBuild, type PinnedVersion } from './build.ts';

export interface PinnedFilesOptions {
  store: Store;
  log: Log;
  /** This release's files. Undefined if the widget is not built. */
  build: PinnedBuild | undefined;
  /** Whether the build replaces stored files of the same version, so that a developer sees each change. */
  shouldReplace: boolean;
}

/** The bodies of a file by their content encoding. */
export type PinnedFile = Readonly<Record<'identity' | 'br' | 'gzip', Buffer>>;

const MAX_CACHED_FILES = 20;
const compressBrotli = promisify(brotliCompress);
const compressGzip = promisify(gzip);

/** Stores the files of the build. */
export async function openPinnedFiles({ store, log, build, shouldReplace }: PinnedFilesOptions) {
  const cache = new Map<string, Promise<PinnedFile>>();
  return {
    /** The version of this release, as the proxy serves it. Undefined if the widget is not built. */
    current: build && (await storeBuild(build, store, shouldReplace, log)),

    /** Returns undefined if no release with this file has used the database. */
    async get(name: string): Promise<PinnedFile | undefined> {
      const cached = cache.get(name);
      if (cached) return cached;
      const content = await store.read(({ pinnedFiles }) => pinnedFiles.getContent(name));
      if (content === undefined) return undefined;
      const [oldest = ''] = cache.keys();
      if (cache.size >= MAX_CACHED_FILES) cache.delete(oldest);
      // A concurrent call may have cached the file during the read.
      const file = cache.get(name) ?? compress(Buffer.from(content));
      cache.set(name, file);
      return file;
    },
  };
}

async function storeBuild(build: PinnedBuild, store: Store, shouldReplace: boolean, log: Log): Promise<PinnedVersion> {
  const { version, files } = build;
  const readStored = ({ pinnedFiles }: Queries) => pinnedFiles.getContent(`${version}.js`);
  const isUpToDate = (content: string | undefined) =>
    content !== undefined && (!shouldReplace || hashContent(content) === build.integrity);
  let content = await store.read(readStored);
  if (!isUpToDate(content)) {
    content = await store.write(async (queries) => {
      // Another node may have stored the files in the meantime. The files of a version are replaced together.
      if (!isUpToDate(await readStored(queries))) await queries.pinnedFiles.replace(files);
      return readStored(queries);
    });
  }
  const integrity = hashContent(content ?? '');
  if (integrity !== build.integrity) {
    log.warn({ version }, 'the database has another build of this version, and the proxy serves its pinned files');
  }
  return { version, integrity };
}

async function compress(identity: Buffer): Promise<PinnedFile> {
  const [br, gzipped] = await Promise.all([
    compressBrotli(identity),
    compressGzip(identity, { level: constants.Z_BEST_COMPRESSION }),
  ]);
  return { identity, br, gzip: gzipped };
}
