/** Renders a result. Its code loads with the first result, so that a profile without a result downloads less. */
import type { TemplateResult } from 'lit';
import { throwUnreachable, type WidgetProblem } from '../api/errors.ts';
import type { Session } from '../api/parse.ts';
import type { Connection } from '../sync/connection.ts';
import { renderProblem } from './problem.ts';
import { renderSkeleton } from './skeleton.ts';

let scorecardModule: typeof import('./scorecard.ts') | undefined;
let problem: WidgetProblem | undefined;

export function renderLazyScorecard(
  connection: Connection,
  root: ShadowRoot,
  session: Session,
  assessment: string,
): TemplateResult {
  if (scorecardModule) return scorecardModule.renderScorecard(connection, root, session, assessment);
  const load = () => void loadModule(connection);
  if (problem) return renderProblem(problem, load);
  load();
  // Requests the scorecard while its code loads.
  connection.scorecards.get(session.session_uuid, session.updated_at);
  return renderSkeleton();
}

async function loadModule(connection: Connection): Promise<void> {
  try {
    problem = undefined;
    scorecardModule = await import('./scorecard.ts').catch(throwUnreachable);
  } catch (error) {
    problem = error as WidgetProblem;
  }
  connection.notifyListeners();
}
