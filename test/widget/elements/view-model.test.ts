import { assert } from 'chai';
import { parseSession, type Session } from '../../../widget/api/parse.ts';
import { buildEntries, parseAssessmentTypes } from '../../../widget/elements/evalon-assessments/view-model.ts';
import { buildSession } from '../scripted-proxy.ts';

const MARKETING = { project_id: 'p1', assessment_type: 'marketing', label: 'Marketing' };
const SALES = { project_id: 'p1', assessment_type: 'sales', label: 'Sales' };
const OTHER = { project_id: 'p2', assessment_type: 'sales', label: 'Sales abroad' };

function session(changes: Record<string, unknown>): Session {
  return parseSession(buildSession('jane@example.com', changes)) as Session;
}

describe('the board of a profile', () => {
  it('offers everything to who has no session', () => {
    assert.deepEqual(
      buildEntries([], [MARKETING, SALES], []).map((entry) => entry.kind),
      ['offer', 'offer'],
    );
  });

  it('has one assessment for each project, and names what that one stands in the way of', () => {
    const [entry, other] = buildEntries([session({ assessment_type: 'sales' })], [MARKETING, SALES, OTHER], []);
    assert.deepInclude(entry, { kind: 'session', label: 'Sales', isCurrent: true, blockedLabels: ['Marketing'] });
    assert.deepEqual(other, { kind: 'offer', assessment: OTHER });
  });

  it('shows sessions of other projects last, and an older one of a project as no longer current', () => {
    const entries = buildEntries(
      [
        session({ session_uuid: 's3', project_id: 'p9', assessment_type: 'cold_calling' }),
        session({ session_uuid: 's2' }),
        session({ session_uuid: 's1', status: 'expired' }),
      ],
      [MARKETING],
      [],
    );
    assert.deepEqual(
      entries.map((entry) => entry.kind === 'session' && [entry.session.session_uuid, entry.label, entry.isCurrent]),
      [
        ['s2', 'Marketing', true],
        ['s1', 'Marketing', false],
        ['s3', 'Cold calling', true],
      ],
    );
  });
});

describe('what a page offers', () => {
  it('is read as type, project and label, each as far as it is said', () => {
    const offered = [MARKETING, SALES, OTHER];
    assert.deepEqual(parseAssessmentTypes('marketing, sales@p2 , sales@p3:Hunters, data_entry', 'p1', offered), {
      assessments: [
        MARKETING,
        OTHER,
        { project_id: 'p3', assessment_type: 'sales', label: 'Hunters' },
        { project_id: 'p1', assessment_type: 'data_entry', label: 'Data entry' },
      ],
      missingProject: [],
    });
  });

  it('needs a project that is said or can be found', () => {
    assert.deepEqual(parseAssessmentTypes('marketing,sales,', undefined, [MARKETING, SALES, OTHER]), {
      assessments: [MARKETING],
      missingProject: ['sales'],
    });
  });
});
