/** `npm run build`: dist/ anew, whatever is there. */
import { build } from './product.ts';

await build();
