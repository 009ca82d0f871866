export type NaughtyString = readonly [name: string, text: string];

/** Text that often breaks parsers, headers, markup, SQL and layout. */
export const NAUGHTY_STRINGS: readonly NaughtyString[] = [
  ['CR', '\r'],
  ['LF', '\n'],
  ['CRLF and a header', '\r\nSet-Cookie: hostile=1\r\nx-hostile: 1'],
  ['a frame', '\n\nevent: reset\ndata: {}\n\n'],
  ['a frame after CR', '\r\revent: gone\rdata: {"session_uuid":"x"}\r\r'],
  ['an unterminated id', '\nid: 1\nretry: 1\n:'],
  ['a second response', '\r\n\r\nHTTP/1.1 200 OK\r\nx-hostile: 1\r\n\r\n'],
  ['NUL', '\0'],
  ['backspaces and escapes', '\b\x1b[2J\x7f'],
  ['U+0085', '\u0085'],
  ['U+2028', '\u2028'],
  ['U+2029', '\u2029'],
  ['U+FEFF', '\ufeff'],
  ['U+FFFF', '\uffff'],
  ['a lone high surrogate', '\ud83d'],
  ['a lone low surrogate', '\ude00'],
  ['swapped surrogates', '\ude00\ud83d'],
  ['a right-to-left override', '\u202egpj.exe\u202c'],
  ['unclosed isolates', '\u2066\u2067\u2068'],
  ['10,000 characters', 'x'.repeat(10_000)],
  ['a family', '👨‍👩‍👧‍👦🏳️‍🌈'],
  ['200 combining marks', `z${'\u0351'.repeat(200)}`],
  ['markup', '<img src=x onerror=alert(1)>'],
  ['the end of a script', '</script><script>alert(1)</script>'],
  ['the end of a string', '"\\",\'`'],
  ['SQL', "'); drop table sessions; --"],
  ['percent signs', '%0d%0aSet-Cookie:%20hostile=1%00%zz'],
  ['a path', '../../../etc/passwd'],
  ['__proto__', '__proto__'],
];

const FEW_NAMES = new Set([
  'CRLF and a header',
  'a frame',
  'NUL',
  'U+2028',
  'a lone high surrogate',
  '10,000 characters',
  'markup',
  '__proto__',
]);

/** A few strings of different kinds, for slow tests. */
export const FEW_NAUGHTY_STRINGS = NAUGHTY_STRINGS.filter(([name]) => FEW_NAMES.has(name));
