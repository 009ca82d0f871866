/** Builds what is stale before the tests run. */
import { buildIfStale } from '../../.config/build.ts';

export default buildIfStale;
