/** Finds the first name in a full name. Returns the full name if a wrong guess could offend. */

const TITLES = /^(mr|mrs|ms|miss|mx|dr|prof|professor|sir|madam|herr|frau|m|mme|sr|sra|ing|dipl|med)\.?$/i;
/** After a comma, these are not a first name: "Jane Smith, PhD". */
const SUFFIXES = /^(jr|sr|ii|iii|iv|esq|ph\.?d|m\.?d|mba|msc|bsc|ba|ma|cpa|pmp|cfa)\.?$/i;
/** Words that are only the beginning of a name: "van Gogh", "Abdul Rahman". */
const PARTICLES = /^(van|von|der|den|de|da|di|do|du|la|le|el|al|bin|ibn|abu|abdul|abd|عبد|أبو)$/iu;
/** Scripts in which the family name often comes first. */
const FAMILY_NAME_FIRST = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const INITIAL = /^\p{L}\.?$/u;
const INITIALS = /^(\p{L}\.)+$/u;

export function getFirstName(fullName: string): string {
  const name = fullName.trim();
  if (FAMILY_NAME_FIRST.test(name)) return name;
  const [beforeComma = '', afterComma = ''] = name.split(',').map((part) => part.trim());
  const isLastNameFirst = afterComma !== '' && !afterComma.split(/\s+/).some((word) => SUFFIXES.test(word));
  const words = (isLastNameFirst ? afterComma : beforeComma).split(/\s+/).filter(Boolean);
  const withoutTitles = words.slice(words.findIndex((word) => !TITLES.test(word)));
  const [first = ''] = withoutTitles;
  // "Dr. Smith" has no first name.
  const hasOnlyLastName = withoutTitles.length < words.length && withoutTitles.length === 1 && !isLastNameFirst;
  const isUnclear =
    !/\p{L}/u.test(first) ||
    INITIAL.test(first) ||
    INITIALS.test(first) ||
    PARTICLES.test(first) ||
    hasOnlyLastName ||
    // In "SMITH Jane", capitals mark the last name.
    (isUpperCase(first) && first.length > 2 && words.some((word) => !isUpperCase(word)));
  return isUnclear ? name : first;
}

function isUpperCase(word: string): boolean {
  return word === word.toUpperCase() && word !== word.toLowerCase();
}
