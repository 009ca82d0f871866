/** The code that renders sessions. It loads while the element queries the candidate's sessions. */
import { LazyModule } from './lazy-module.ts';

export type SessionDetails = typeof import('./session-details.ts');

export const lazySessionDetails = new LazyModule<SessionDetails>(() => import('./session-details.ts'));
