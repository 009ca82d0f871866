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
    const [chip, empty] = [
      mount('evalon-status', { ...invited, ...PROJECT }),
      mount('evalon-status', { ...other, ...PROJECT }),
    ];
    await waitForText(chip, 'Invited');
    await waitForText(empty, 'Not invited');
    await controlEvalon('complete', { session_uuid });
    await waitFor(() => readText(chip) === 'Completed 82');
    assert.equal(readText(empty), 'Not invited');
  });

  it('shows the session of its own project only', async () => {
    const person = createCandidate();
    await inviteViaApi(person);
    const chip = mount('evalon-status', { ...person, 'project-id': 'proj_other' });
    await waitForText(chip, 'Not invited');
  });

  it('ignores letter case and spaces in the email', async () => {
    const person = createCandidate();
    await inviteViaApi(person);
    await waitForText(
      mount('evalon-status', { ...PROJECT, 'candidate-email': ` ${person['candidate-email'].toUpperCase()} ` }),
      'Invited',
    );
  });

  it('shows no status of a candidate that the token does not include', async () => {
    const [included, other] = [createCandidate(), createCandidate()];
    await inviteViaApi(other);
    const claims = { candidates: [included['candidate-email']] };
    const chips = [included, other].map((person) => mount('evalon-status', { ...person, ...PROJECT }, { claims }));
    await waitFor(() => chips[0] && readText(chips[0]) === 'Not invited');
    await waitFor(() => chips[1] && readText(chips[1]) === 'No access');
  });

  it('stays unchanged when the page moves it', async () => {
    const person = createCandidate();
    await inviteViaApi(person);
    const chip = mount('evalon-status', { ...person, ...PROJECT });
    await waitForText(chip, 'Invited');
    const events = collectEvents(chip, 'evalon-status');
    document.body.prepend(chip);
    await waitForPaint();
    assert.equal(readText(chip), 'Invited');
    assert.lengthOf(events, 0);
  });

  it('reports an invalid email without affecting other elements', async () => {
    const person = createCandidate();
    await inviteViaApi(person);
    const invalidChip = mount('evalon-status', { ...person, ...PROJECT, 'candidate-email': 'n/a' });
    const chip = mount('evalon-status', { ...person, ...PROJECT });
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
