import { assert } from 'chai';
import type EvalonCohort from '../../../widget/elements/evalon-cohort/evalon-cohort.ts';
import { collectEvents, mount, readText, waitFor, waitForText } from '../fixture.ts';

const VALID = { candidate_email: 'jane@example.com', candidate_name: 'Jane Doe' };

function throwError(): never {
  throw new Error('unreadable');
}

function createRevokedProxy<T extends object>(target: T): T {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

/** Functions that make the first item of a list unreadable. */
const BREAK_FIRST: Record<string, (list: unknown[]) => void> = {
  'an email whose getter throws': (list) => {
    list[0] = Object.defineProperty({ ...VALID }, 'candidate_email', { get: throwError });
  },
  'an email that is an object without a prototype': (list) => {
    list[0] = { ...VALID, candidate_email: Object.create(null) };
  },
  'an email that is a symbol': (list) => {
    list[0] = { ...VALID, candidate_email: Symbol('email') };
  },
  'a revoked proxy': (list) => {
    list[0] = createRevokedProxy({ ...VALID });
  },
  'an item whose getter throws': (list) => Object.defineProperty(list, 0, { get: throwError }),
  'an item that is missing from a sparse list': (list) => {
    delete list[0];
  },
  'a null': (list) => {
    list[0] = null;
  },
};

const NON_LISTS: Record<string, unknown> = {
  'a revoked proxy': createRevokedProxy([VALID]),
  'a text': 'jane@example.com',
  'an object': { length: 1, 0: VALID },
};

describe('<evalon-cohort> with a list from the page', () => {
  let cohort: EvalonCohort;
  let errors: unknown[];
  const findRows = () => [...(cohort.shadowRoot?.querySelectorAll('[part=row]') ?? [])];
  const setCandidates = (candidates: unknown): void => void Object.assign(cohort, { candidates });

  beforeEach(() => {
    const attributes = { 'project-id': 'proj_abc123', 'assessment-type': 'marketing' };
    cohort = mount('evalon-cohort', attributes) as EvalonCohort;
    errors = collectEvents(cohort, 'evalon-error');
  });

  for (const [name, breakFirst] of Object.entries(BREAK_FIRST)) {
    it(`shows an invalid row, and keeps the other row usable: ${name}`, async () => {
      const list: unknown[] = [VALID, VALID];
      breakFirst(list);
      setCandidates(list);
      await waitForText(cohort, 'Invite 1 candidate');
      assert.lengthOf(findRows(), 2);
      assert.include(findRows()[0]?.textContent, 'Needs correction');
      assert.include(findRows()[1]?.textContent, 'New');
      assert.isEmpty(errors);
    });
  }

  for (const [name, text] of [
    [' ', 'The name is missing.'],
    ['n'.repeat(1_000), 'The name is too long.'],
  ]) {
    it(`distinguishes a name that is missing from one that is too long: ${text}`, async () => {
      setCandidates([{ ...VALID, candidate_name: name }]);
      await waitFor(() => findRows()[0]?.querySelector('small')?.textContent === text);
    });
  }

  for (const [name, list] of Object.entries(NON_LISTS)) {
    it(`offers to paste candidates if the list is ${name}`, async () => {
      setCandidates(list);
      await waitForText(cohort, 'Paste candidates');
      assert.isEmpty(errors);
      setCandidates([VALID]);
      await waitForText(cohort, 'Invite 1 candidate');
    });
  }

  it('refuses a list that is too long without reading it', async () => {
    const maxArrayLength = 2 ** 32 - 1;
    setCandidates(new Array(maxArrayLength));
    await waitForText(cohort, 'more than 10,000 candidates');
    setCandidates([VALID]);
    await waitForText(cohort, 'Invite 1 candidate');
    assert.notInclude(readText(cohort), 'more than 10,000');
    await waitFor(() => findRows().length === 1);
  });
});
