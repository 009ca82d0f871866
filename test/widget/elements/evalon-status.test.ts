import { assert } from 'chai';
import { evalon, inviteElsewhere, listen, mount, painted, says, somebody, textOf, until } from '../fixture.ts';

const PROJECT = { 'project-id': 'proj_abc123' };

describe('<evalon-status>', () => {
  it('says whether somebody is invited, and follows what is reported', async () => {
    const [invited, nobody] = [somebody(), somebody()];
    const { session_uuid } = await inviteElsewhere(invited);
    const [chip, empty] = [
      mount('evalon-status', { ...invited, ...PROJECT }),
      mount('evalon-status', { ...nobody, ...PROJECT }),
    ];
    await says(chip, 'Invited');
    await says(empty, 'Not invited');
    await evalon('complete', { session_uuid });
    await until(() => textOf(chip) === 'Completed 82');
    assert.equal(textOf(empty), 'Not invited');
  });

  it('is about one project only', async () => {
    const person = somebody();
    await inviteElsewhere(person);
    const chip = mount('evalon-status', { ...person, 'project-id': 'proj_other' });
    await says(chip, 'Not invited');
  });

  it('knows a person whatever the letter case of the email', async () => {
    const person = somebody();
    await inviteElsewhere(person);
    await says(
      mount('evalon-status', { ...PROJECT, 'candidate-email': ` ${person['candidate-email'].toUpperCase()} ` }),
      'Invited',
    );
  });

  it('shows nothing of a candidate whom the token does not name', async () => {
    const [mine, other] = [somebody(), somebody()];
    await inviteElsewhere(other);
    const claims = { candidates: [mine['candidate-email']] };
    const chips = [mine, other].map((person) => mount('evalon-status', { ...person, ...PROJECT }, { claims }));
    await until(() => chips[0] && textOf(chips[0]) === 'Not invited');
    await until(() => chips[1] && textOf(chips[1]) === 'You have no access');
  });

  it('stays what it was while a page moves it about', async () => {
    const person = somebody();
    await inviteElsewhere(person);
    const chip = mount('evalon-status', { ...person, ...PROJECT });
    await says(chip, 'Invited');
    const told = listen(chip, 'evalon-status');
    document.body.prepend(chip);
    await painted();
    assert.equal(textOf(chip), 'Invited');
    assert.lengthOf(told, 0);
  });

  it('with an email that is none asks nothing and keeps nobody else from being shown', async () => {
    const person = somebody();
    await inviteElsewhere(person);
    const odd = mount('evalon-status', { ...person, ...PROJECT, 'candidate-email': 'n/a' });
    const chip = mount('evalon-status', { ...person, ...PROJECT });
    await says(chip, 'Invited');
    await says(odd, 'needs candidate-email');
  });

  it('hints at what is missing', async () => {
    const chip = mount('evalon-status', { 'data-test': '' });
    const errors = listen(chip, 'evalon-error');
    await says(chip, '<evalon-status> needs candidate-email, project-id');
    assert.equal(errors[0]?.code, 'missing_attribute');
  });
});
