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
  it('says whether somebody is invited, and follows what is reported', async () => {
    const [invited, nobody] = [createCandidate(), createCandidate()];
    const { session_uuid } = await inviteViaApi(invited);
    const [chip, empty] = [
      mount('evalon-status', { ...invited, ...PROJECT }),
      mount('evalon-status', { ...nobody, ...PROJECT }),
    ];
    await waitForText(chip, 'Invited');
    await waitForText(empty, 'Not invited');
    await controlEvalon('complete', { session_uuid });
    await waitFor(() => readText(chip) === 'Completed 82');
    assert.equal(readText(empty), 'Not invited');
  });

  it('is about one project only', async () => {
    const person = createCandidate();
    await inviteViaApi(person);
    const chip = mount('evalon-status', { ...person, 'project-id': 'proj_other' });
    await waitForText(chip, 'Not invited');
  });

  it('knows a person whatever the letter case of the email', async () => {
    const person = createCandidate();
    await inviteViaApi(person);
    await waitForText(
      mount('evalon-status', { ...PROJECT, 'candidate-email': ` ${person['candidate-email'].toUpperCase()} ` }),
      'Invited',
    );
  });

  it('shows nothing of a candidate whom the token does not name', async () => {
    const [mine, other] = [createCandidate(), createCandidate()];
    await inviteViaApi(other);
    const claims = { candidates: [mine['candidate-email']] };
    const chips = [mine, other].map((person) => mount('evalon-status', { ...person, ...PROJECT }, { claims }));
    await waitFor(() => chips[0] && readText(chips[0]) === 'Not invited');
    await waitFor(() => chips[1] && readText(chips[1]) === 'No access');
  });

  it('stays what it was while a page moves it about', async () => {
    const person = createCandidate();
    await inviteViaApi(person);
    const chip = mount('evalon-status', { ...person, ...PROJECT });
    await waitForText(chip, 'Invited');
    const told = collectEvents(chip, 'evalon-status');
    document.body.prepend(chip);
    await waitForPaint();
    assert.equal(readText(chip), 'Invited');
    assert.lengthOf(told, 0);
  });

  it('with an email that is none asks nothing and keeps nobody else from being shown', async () => {
    const person = createCandidate();
    await inviteViaApi(person);
    const odd = mount('evalon-status', { ...person, ...PROJECT, 'candidate-email': 'n/a' });
    const chip = mount('evalon-status', { ...person, ...PROJECT });
    await waitForText(chip, 'Invited');
    await waitForText(odd, 'needs candidate-email');
  });

  it('hints at what is missing', async () => {
    const chip = mount('evalon-status', { 'data-test': '' });
    const errors = collectEvents(chip, 'evalon-error');
    await waitForText(chip, '<evalon-status> needs candidate-email, project-id');
    assert.equal(errors[0]?.code, 'missing_attribute');
  });
});
