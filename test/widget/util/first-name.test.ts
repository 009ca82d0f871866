import { assert } from 'chai';
import { getFirstName } from '../../../widget/util/first-name.ts';

describe('the first name', () => {
  for (const [fullName, expected] of [
    ['Jane Smith', 'Jane'],
    ['Jane', 'Jane'],
    ['  Jane   Marie Smith ', 'Jane'],
    ['Smith, Jane Marie', 'Jane'],
    ['van der Berg, Jan', 'Jan'],
    ['Jane Smith, PhD', 'Jane'],
    ['Martin Luther King, Jr.', 'Martin'],
    ['Dr. Jane Smith', 'Jane'],
    ['Prof. Dr. Ada Byron', 'Ada'],
    ['Dr. Smith', 'Dr. Smith'],
    ['Mrs Smith', 'Mrs Smith'],
    ['Jean-Luc Picard', 'Jean-Luc'],
    ['JJ Abrams', 'JJ'],
    ["D'Arcy Wentworth", "D'Arcy"],
    ['J. Smith', 'J. Smith'],
    ['J.R.R. Tolkien', 'J.R.R. Tolkien'],
    ['SMITH Jane', 'SMITH Jane'],
    ['van Gogh', 'van Gogh'],
    ['Abdul Rahman', 'Abdul Rahman'],
    ['李 小龍', '李 小龍'],
    ['김 민준', '김 민준'],
    ['Ольга Иванова', 'Ольга'],
    ['jane@example.com', 'jane@example.com'],
    ['Smith,', 'Smith'],
    ['—', '—'],
    ['', ''],
  ] as const) {
    it(`of “${fullName}” is “${expected}”`, () => {
      assert.equal(getFirstName(fullName), expected);
    });
  }
});
