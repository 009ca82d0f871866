import { describe } from 'node:test';
import { testUpstreamError, type UpstreamError } from '../../support/upstream-errors.ts';

/** What Evalon does, and the status and code of the proxy's response. */
const ERRORS: UpstreamError[] = [
  ['returns HTML with 200', { fault: 'html', status: 200 }, 502, 'upstream_unavailable'],
  ['returns a permanent redirect', { fault: 'redirect', status: 308 }, 502, 'upstream_unavailable'],
  ['returns an array', { fault: 'response', body: [] }, 502, 'upstream_unavailable'],
  ['returns null', { fault: 'response', body: null }, 502, 'upstream_unavailable'],
  ['returns more than 2 MiB', { fault: 'huge', bytes: 2 * 1024 * 1024 }, 502, 'upstream_unavailable'],
  [
    'returns a small body that unpacks to 64 MiB',
    { fault: 'gzip-bomb', bytes: 64 * 1024 * 1024 },
    502,
    'upstream_unavailable',
  ],
  ['returns thousands of headers', { fault: 'headers', count: 5_000 }, 503, 'upstream_unavailable'],
  ['returns 429 without Retry-After', { fault: 'refuse', status: 429 }, 429, 'rate_limited'],
  ['returns 500', { fault: 'refuse', status: 500, detail: 'boom' }, 503, 'upstream_unavailable'],
];

describe('when Evalon', () => {
  for (const error of ERRORS) testUpstreamError(error);
});
