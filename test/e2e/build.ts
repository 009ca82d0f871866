/** Builds dist/ before the tests run, if it is stale. */
import { buildIfStale } from '../../.config/build.ts';

export default buildIfStale;
