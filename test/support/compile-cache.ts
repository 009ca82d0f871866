/**
 * Makes all test processes, and the proxies that they start, share one cache of compiled code. `npm run test:node`
 * preloads this file.
 */
import { enableCompileCache } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

process.env['NODE_COMPILE_CACHE'] ??= join(tmpdir(), 'node-compile-cache');
enableCompileCache(process.env['NODE_COMPILE_CACHE']);
