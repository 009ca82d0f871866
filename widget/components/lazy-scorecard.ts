/** Renders a result with code that loads on demand, so that a profile without a result downloads less. */
import type { TemplateResult } from 'lit';
import type { Session } from '../api/parse.ts';
import type { Connection } from '../sync/connection.ts';
import { LazyModule } from './lazy-module.ts';
import { renderProblem } from './problem.ts';
import { renderResultSkeleton } from './skeleton.ts';

const lazyScorecard = new LazyModule(() => import('./scorecard.ts'));

export function renderLazyScorecard(
  connection: Connection,
  root: ShadowRoot,
  session: Session,
  assessment: string,
): TemplateResult {
  const scorecardModule = lazyScorecard.get(connection);
  if (scorecardModule) return scorecardModule.renderScorecard(connection, root, session, assessment);
  const { problem } = lazyScorecard;
  if (problem) return renderProblem(problem, () => void lazyScorecard.load(connection));
  // Requests the scorecard while its code loads.
  connection.scorecards.get(session.session_uuid, session.updated_at);
  return renderResultSkeleton();
}
