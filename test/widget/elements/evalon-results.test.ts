import { assert } from 'chai';
import {
  controlEvalon,
  createCandidate,
  findInShadow,
  inviteViaApi,
  mount,
  mountWithProxy,
  readText,
  waitFor,
  waitForText,
} from '../fixture.ts';
import { buildSession, ScriptedProxy } from '../scripted-proxy.ts';

const listTexts = (element: Element, selector: string) =>
  [...(element.shadowRoot?.querySelectorAll(selector) ?? [])].map(({ textContent }) => textContent);
const listNames = (element: Element) => listTexts(element, '[part=candidate]');

describe('<evalon-results>', () => {
  it('lists a project, finds a candidate, opens the scorecard, and offers new rows', async () => {
    const project_id = 'proj_two';
    const [first, second] = [createCandidate(), createCandidate()];
    const { session_uuid } = await inviteViaApi(first, { candidate_name: 'Ada Sample', project_id });
    await controlEvalon('complete', { session_uuid });
    const element = mount('evalon-results', { 'project-id': project_id });
    await waitFor(
      () => listNames(element).join() === 'Ada Sample' && element.shadowRoot?.querySelector('.chip.completed'),
    );

    await inviteViaApi(second, { candidate_name: 'Ben Demo', project_id });
    const showChanges = await waitFor(() => element.shadowRoot?.querySelector<HTMLElement>('[part=changes-button]'));
    assert.deepEqual(listNames(element), ['Ada Sample']);
    showChanges.click();
    await waitFor(() => listNames(element).length === 2);
    assert.deepEqual(listNames(element), ['Ben Demo', 'Ada Sample']);

    const search = findInShadow(element, '[part=search]') as HTMLInputElement;
    search.value = 'ada';
    search.dispatchEvent(new Event('input'));
    await waitFor(() => listNames(element).length === 1);
    findInShadow(element, '[part=candidate]').click();
    const sections = await waitFor(() => element.shadowRoot?.querySelector('[part=details] [part=sections]'));
    element.style.width = '280px';
    assert.isTrue(sections.checkVisibility(), 'the sections of an open result on a narrow page');
  });

  it('lists the new project after a change of project-id, with no filter and no open row', async () => {
    const nameByProject = { proj_other: 'Cleo Sample', proj_two: 'Dan Demo' };
    for (const [project_id, candidate_name] of Object.entries(nameByProject)) {
      await inviteViaApi(createCandidate(), { candidate_name, project_id });
    }
    const element = mount('evalon-results', { 'project-id': 'proj_other' });
    await waitFor(() => listNames(element).includes('Cleo Sample'));
    findInShadow(element, '[part=candidate]').click();
    await waitFor(() => element.shadowRoot?.querySelector('[part=details]'));
    const status = findInShadow(element, '[part=status-filter]') as HTMLSelectElement;
    status.value = 'invited';
    status.dispatchEvent(new Event('change'));

    element.setAttribute('project-id', 'proj_two');
    await waitFor(() => listNames(element).includes('Dan Demo'));
    assert.notInclude(listNames(element), 'Cleo Sample');
    assert.notExists(element.shadowRoot?.querySelector('[part=details]'));
    assert.equal((findInShadow(element, '[part=status-filter]') as HTMLSelectElement).value, '');
  });

  it('shows no row before the configuration has loaded, so that the filters move no row', async () => {
    const proxy = new ScriptedProxy();
    proxy.sessions = [buildSession('jane@example.com')];
    const configAllowed = Promise.withResolvers<undefined>();
    proxy.override = ({ path }) => (path === '/v1/config' ? configAllowed.promise : undefined);
    const element = await mountWithProxy(proxy, 'evalon-results', { 'project-id': 'p1' });
    await proxy.waitForStream();
    assert.isEmpty(listNames(element));
    assert.isNotNull(findInShadow(element, '.skeleton'));
    configAllowed.resolve(undefined);
    await waitFor(() => listNames(element).length === 1);
  });

  it('shows why a session has ended, and suggests no invite, because it has no invite button', async () => {
    const proxy = new ScriptedProxy();
    proxy.sessions = [buildSession('jane@example.com', { status: 'expired' })];
    const element = await mountWithProxy(proxy, 'evalon-results', { 'project-id': 'p1' });
    const row = await waitFor(() => element.shadowRoot?.querySelector<HTMLElement>('[part=candidate]'));
    row.click();
    await waitForText(element, 'The link expired before the candidate completed the assessment.');
    assert.notInclude(readText(element), 'Invite again');
  });

  it('shows the dates by which the rows are sorted', async () => {
    const proxy = new ScriptedProxy();
    proxy.sessions = [
      buildSession('jane@example.com', {
        status: 'completed',
        updated_at: '2026-01-15T12:00:00.000Z',
        completed_at: '2026-01-14T12:00:00.000Z',
      }),
      buildSession('ben@example.com', { status: 'opened', updated_at: '2026-01-13T12:00:00.000Z' }),
    ];
    const element = await mountWithProxy(proxy, 'evalon-results', { 'project-id': 'p1' });
    await waitForText(element, 'Last change');
    assert.match(listTexts(element, '[part=changed]').join(), /15.*13/);

    const sort = findInShadow(element, '[part=sort]') as HTMLSelectElement;
    sort.value = '-completed_at';
    sort.dispatchEvent(new Event('change'));
    await waitFor(() => element.shadowRoot?.querySelector('[part=completed]'));
    assert.match(listTexts(element, '[part=completed]').join(), /14/);
    assert.isEmpty(listTexts(element, '[part=changed]'));
  });
});
