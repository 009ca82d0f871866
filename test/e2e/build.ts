/** Builds what is stale before the tests run. */
import { prepare } from '../../.config/product.ts';

export default prepare;
