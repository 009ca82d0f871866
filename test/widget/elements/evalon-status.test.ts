import { assert } from 'chai';
import {
  collectEvents,
  controlEvalon,
  createCandidate,
  inviteViaApi,
  mount,
  readText,
  waitFor,
  waitForPaint,
  waitForText,
} from '../fixture.ts';

const PROJECT = { 'project-id': 'proj_abc123' };

describe('<evalon-status>', () => {
  it('shows whether a candidate is invited, and each reported change', async () => {
    const [invited, other] = [createCandidate(), createCandidate()];
    const { session_uuid } = await inviteViaApi(invited);
    const [chip, otherChip] = [
      mount('evalon-status', { ...invited, ...PROJECT }),
      mount('evalon-status', { ...other, ...PROJECT }),
    ];
    await waitForText(chip, 'Invited');
    await waitForText(otherChip, 'Not invited');
    await controlEvalon('complete', { session_uuid });
    await waitFor(() => readText(chip) === 'Completed 82');
    assert.equal(readText(otherChip), 'Not invited');
  });

  it('shows the session of its own project only', async () => {
    const candidate = createCandidate();
    await inviteViaApi(candidate);
    const chip = mount('evalon-status', { ...candidate, 'project-id': 'proj_other' });
    await waitForText(chip, 'Not invited');
  });

  it('ignores letter case and spaces in the email', async () => {
    const candidate = createCandidate();
    await inviteViaApi(candidate);
    await waitForText(
      mount('evalon-status', { ...PROJECT, 'candidate-email': ` ${candidate['candidate-email'].toUpperCase()} ` }),
      'Invited',
    );
  });

  it('shows no status of a candidate that the token does not include', async () => {
    const [included, other] = [createCandidate(), createCandidate()];
    await inviteViaApi(other);
    const claims = { candidates: [included['candidate-email']] };
    const chips = [included, other].map((candidate) =>
      mount('evalon-status', { ...candidate, ...PROJECT }, { claims }),
    );
    await waitFor(() => chips[0] && readText(chips[0]) === 'Not invited');
    await waitFor(() => chips[1] && readText(chips[1]) === 'No access');
  });

  it('stays unchanged when the page moves it', async () => {
    const candidate = createCandidate();
    await inviteViaApi(candidate);
    const chip = mount('evalon-status', { ...candidate, ...PROJECT });
    await waitForText(chip, 'Invited');
    const events = collectEvents(chip, 'evalon-status');
    document.body.prepend(chip);
    await waitForPaint();
    assert.equal(readText(chip), 'Invited');
    assert.lengthOf(events, 0);
  });

  it('reports an invalid email without affecting other elements', async () => {
    const candidate = createCandidate();
    await inviteViaApi(candidate);
    const invalidChip = mount('evalon-status', { ...candidate, ...PROJECT, 'candidate-email': 'n/a' });
    const chip = mount('evalon-status', { ...candidate, ...PROJECT });
    await waitForText(chip, 'Invited');
    await waitForText(invalidChip, 'needs candidate-email');
  });

  it('reports missing attributes', async () => {
    const chip = mount('evalon-status', {});
    const errors = collectEvents(chip, 'evalon-error');
    await waitForText(chip, '<evalon-status> needs candidate-email, project-id');
    assert.equal(errors[0]?.code, 'missing_attribute');
  });
});
