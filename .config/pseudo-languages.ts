/** Makes the gallery's pseudo-languages from the English texts. They show what a translation could break. */
import { type ESTree, type Plugin, parseSync } from 'vite';
import type { PSEUDO_LANGUAGES } from '../proxy/sandbox/gallery/story.ts';

type PseudoLanguage = (typeof PSEUDO_LANGUAGES)[number];

/** A part of a text in the code. A template has several. */
interface Part {
  start: number;
  end: number;
}

/** Each vowel becomes two, so that texts are about 40 % longer. Each other letter keeps its width. */
export const ACCENTS: Readonly<Record<string, string>> = {
  a: 'áá',
  e: 'éé',
  i: 'íí',
  o: 'óó',
  u: 'úú',
  c: 'ç',
  n: 'ñ',
  s: 'š',
  y: 'ý',
  z: 'ž',
  A: 'Áá',
  E: 'Éé',
  I: 'Íí',
  O: 'Óó',
  U: 'Úú',
  C: 'Ç',
  N: 'Ñ',
  S: 'Š',
  Y: 'Ý',
  Z: 'Ž',
};
const RIGHT_TO_LEFT_OVERRIDE = '\u200f\u202e';
const END_OF_OVERRIDE = '\u202c\u200f';

/** Escapes in the code, and tags of a template. They stay as they are. */
const ESCAPES_AND_TAGS = /(\\u\{[\da-f]+\}|\\u[\da-f]{4}|\\.|<[^>]*>)/i;
/** The variables that describe the language. Their values are no texts. */
const LANGUAGE_VARIABLES = ['direction', 'locale'];
/** Methods whose object and arguments are not shown. */
const TEXT_METHODS = ['join', 'padStart', 'replace', 'split'];

/** Replaces the English texts at build time, so that the other builds do not contain them. */
export function translateToPseudoLanguage(language: PseudoLanguage): Plugin {
  return {
    name: 'pseudo-language',
    enforce: 'pre',
    transform: {
      filter: { id: /\/widget\/strings\/en\/[\w-]+\.ts$/ },
      handler: (code) => ({ code: translateCode(code, language), map: null }),
    },
  };
}

function translateCode(code: string, language: PseudoLanguage): string {
  const translate = language === 'long' ? addAccents : mirror;
  // A missing bracket in the gallery shows that a text is cut off.
  const [prefix, suffix] = language === 'long' ? ['[', ']'] : ['', ''];
  const edits = findTexts(parseSync('strings.ts', code).program).flatMap((parts) => {
    if (!parts.some(({ start, end }) => /[a-z]/i.test(code.slice(start, end)))) return [];
    return parts.map(({ start, end }, index) => {
      const opening = index === 0 ? prefix : '';
      const closing = index === parts.length - 1 ? suffix : '';
      return { start, end, text: opening + translateText(code.slice(start, end), translate) + closing };
    });
  });
  const translated = edits
    .sort((a, b) => b.start - a.start)
    .reduce((result, { start, end, text }) => result.slice(0, start) + text + result.slice(end), code);
  return language === 'mirrored' ? translated.replace(/(const direction\b.*)''/, "$1'rtl'") : translated;
}

/** Returns the parts of each text. Leaves out keys, compared values, and the variables that describe the language. */
function findTexts(node: ESTree.Node): readonly Part[][] {
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'string' ? [[{ start: node.start + 1, end: node.end - 1 }]] : [];
    case 'TemplateLiteral':
      return [node.quasis.map(removeDelimiters), ...node.expressions.flatMap(findTexts)];
    case 'ExportNamedDeclaration':
      return node.declaration ? findTexts(node.declaration) : [];
    case 'Property':
      return findTexts(node.value);
    case 'VariableDeclarator':
      return node.init && !(node.id.type === 'Identifier' && LANGUAGE_VARIABLES.includes(node.id.name))
        ? findTexts(node.init)
        : [];
    case 'CallExpression':
      return isTextMethod(node.callee) ? [] : findChildTexts(node);
    case 'BinaryExpression':
    case 'ExportAllDeclaration':
    case 'ImportDeclaration':
    case 'TSLiteralType':
      return [];
    default:
      return findChildTexts(node);
  }
}

/** In TypeScript's syntax tree, a part of a template includes the backtick, or the brace of the value next to it. */
function removeDelimiters({ start, end, tail }: ESTree.TemplateElement): Part {
  return { start: start + 1, end: end - (tail ? '`' : '${').length };
}

function findChildTexts(node: ESTree.Node): readonly Part[][] {
  return Object.values(node).flat().filter(isNode).flatMap(findTexts);
}

function isNode(value: unknown): value is ESTree.Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}

function isTextMethod(callee: ESTree.Expression): boolean {
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return false;
  return TEXT_METHODS.includes(callee.property.name);
}

function translateText(text: string, translate: (text: string) => string): string {
  return (
    text
      .split(ESCAPES_AND_TAGS)
      // Every second piece is an escape or a tag, because the pattern has a group.
      .map((piece, index) => (index % 2 ? piece : translate(piece)))
      .join('')
  );
}

function addAccents(text: string): string {
  return text.replace(/[a-z]/gi, (letter) => ACCENTS[letter] ?? letter);
}

/** A right-to-left mark on each side gives the paragraph its direction. */
function mirror(text: string): string {
  return /[a-z]/i.test(text) ? RIGHT_TO_LEFT_OVERRIDE + text + END_OF_OVERRIDE : text;
}
