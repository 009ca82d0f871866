import { assert } from 'chai';
import { parseSession, type Session } from '../../../widget/api/parse.ts';
import { parseAssessmentTypes } from '../../../widget/elements/base/assessments.ts';
import { buildEntries } from '../../../widget/elements/evalon-assessments/view-model.ts';
import { buildSession } from '../scripted-proxy.ts';

const MARKETING = { project_id: 'p1', assessment_type: 'marketing', label: 'Marketing' };
const SALES = { project_id: 'p1', assessment_type: 'sales', label: 'Sales' };
const SALES_ELSEWHERE = { project_id: 'p2', assessment_type: 'sales', label: 'Sales abroad' };

function createSession(changes: Record<string, unknown>): Session {
  return parseSession(buildSession('jane@example.com', changes)) as Session;
}

describe('buildEntries', () => {
  it('offers the only assessment of a project directly, and several of a project as one choice', () => {
    assert.deepEqual(buildEntries([], [MARKETING, SALES, SALES_ELSEWHERE], []), [
      { kind: 'choice', project_id: 'p1', assessments: [MARKETING, SALES] },
      { kind: 'available', assessment: SALES_ELSEWHERE },
    ]);
  });

  it('shows one session for each project, and whether the session prevents other assessments', () => {
    const [entry, other] = buildEntries(
      [createSession({ assessment_type: 'sales' })],
      [MARKETING, SALES, SALES_ELSEWHERE],
      [],
    );
    assert.deepInclude(entry, { kind: 'session', label: 'Sales', isCurrent: true, blocksOthers: true });
    assert.deepEqual(other, { kind: 'available', assessment: SALES_ELSEWHERE });
    const [only] = buildEntries([createSession({ assessment_type: 'sales' })], [SALES], []);
    assert.deepInclude(only, { kind: 'session', blocksOthers: false });
  });

  it('shows sessions of other projects last, and previous sessions with the newest one of their project', () => {
    const entries = buildEntries(
      [
        createSession({ session_uuid: 's3', project_id: 'p9', assessment_type: 'cold_calling' }),
        createSession({ session_uuid: 's2' }),
        createSession({ session_uuid: 's1', status: 'expired' }),
      ],
      [MARKETING],
      [],
    );
    assert.deepEqual(
      entries.map(
        (entry) =>
          entry.kind === 'session' && [
            entry.session.session_uuid,
            entry.label,
            entry.isCurrent,
            entry.previous.map(({ session, isCurrent }) => [session.session_uuid, isCurrent]),
          ],
      ),
      [
        ['s2', 'Marketing', true, [['s1', false]]],
        ['s3', 'Cold calling', true, []],
      ],
    );
  });
});

describe('parseAssessmentTypes', () => {
  it('reads type, project and label, and completes them from the page and the configuration', () => {
    const configured = [MARKETING, SALES, SALES_ELSEWHERE];
    assert.deepEqual(parseAssessmentTypes('marketing, sales@p2 , sales@p3:Hunters, data_entry', 'p1', configured), {
      assessments: [MARKETING, SALES_ELSEWHERE, { project_id: 'p3', assessment_type: 'sales', label: 'Hunters' }],
      missingProject: [],
      unknown: ['data_entry'],
    });
  });

  it('accepts every type if none is configured', () => {
    const { assessments, unknown } = parseAssessmentTypes('data_entry', 'p1', []);
    assert.deepEqual(assessments, [{ project_id: 'p1', assessment_type: 'data_entry', label: 'Data entry' }]);
    assert.deepEqual(unknown, []);
  });

  it('reports types whose project is neither named nor unambiguous', () => {
    assert.deepEqual(parseAssessmentTypes('marketing,sales,', undefined, [MARKETING, SALES, SALES_ELSEWHERE]), {
      assessments: [MARKETING],
      missingProject: ['sales'],
      unknown: [],
    });
  });
});
