/** Each rule looks at one source file and answers what breaks it, with the fix. */
import type { Source } from './source.ts';
import { ENVIRONMENT_READER, MAKERS, PACKAGES, PROXY, TEMPLATE_BANS, WIDGET_BANS, WIDGET_VALUES } from './table.ts';

interface Violation {
  line: number;
  message: string;
}

type Rule = (source: Source) => Violation[];

const MAKING_NAME = /^(create|open|start)[A-Z]/;

/** `sessions` of `proxy/invites/invite.ts`, `main` of `proxy/main.ts`. */
function placeOf(path: string): string {
  return (path.split('/')[1] ?? '').replace(/\.\w+$/, '');
}

const isProxy = (path: string) => path.startsWith('proxy/');
const isWidget = (path: string) => path.startsWith('widget/');

const runOneWay: Rule = ({ path, imports }) => {
  if (!isProxy(path)) return [];
  const place = placeOf(path);
  const allowed = PROXY[place];
  if (!allowed)
    return [{ line: 1, message: `${place} is in no row of the table: give it one in .config/imports/table.ts` }];
  return imports.flatMap(({ target, isPackage, typeOnly, line }) => {
    if (isPackage) return [];
    if (!isProxy(target))
      return [{ line, message: `the proxy may not import ${target}: move what both need to contract` }];
    const to = placeOf(target);
    if (to === place || allowed.includes(to) || (typeOnly && allowed.includes(`${to}: types`))) return [];
    const only = allowed.includes(`${to}: types`) ? 'types only' : 'nothing';
    return [{ line, message: `${place} may import ${only} of ${to}: let a place above both hand it over` }];
  });
};

const widgetKnowsTheContractOnly: Rule = ({ path, imports }) => {
  if (!isWidget(path)) return [];
  return imports.flatMap(({ target, isPackage, typeOnly, line }) => {
    if (isPackage || isWidget(target)) return [];
    if (!target.startsWith('proxy/contract/'))
      return [{ line, message: `the widget may not import ${target}: only proxy/contract/` }];
    const file = target.slice('proxy/contract/'.length).replace(/\.ts$/, '');
    if (typeOnly || WIDGET_VALUES.includes(file)) return [];
    const fix = `take types only, or values from ${WIDGET_VALUES.join(', ')}`;
    return [{ line, message: `the widget may not import values of ${target}, which would bring zod along: ${fix}` }];
  });
};

const packagesStayAtHome: Rule = ({ path, imports }) =>
  imports.flatMap(({ target, isPackage, line }) => {
    const homes = isPackage ? PACKAGES[target] : undefined;
    if (!homes || homes.some((home) => (home.endsWith('/') ? path.startsWith(home) : path === home))) return [];
    return [{ line, message: `${target} belongs to ${homes.join(', ')}: use what that place offers` }];
  });

const onlyMakersMake: Rule = (source) => {
  const { path, imports, walk, lineOf } = source;
  if (!isProxy(path) || MAKERS.includes(path)) return [];
  const foreign = imports.filter(
    ({ target, isPackage, typeOnly }) => !isPackage && !typeOnly && placeOf(target) !== placeOf(path),
  );
  const violations = foreign
    .filter(({ name }) => MAKING_NAME.test(name))
    .map(({ name, line }) => ({ line, message: `only context.ts makes things: let it hand over what ${name} makes` }));
  const classes = new Set(foreign.filter(({ target }) => target !== 'proxy/util/errors.ts').map(({ local }) => local));
  walk({
    NewExpression({ callee, start }) {
      if (callee.type !== 'Identifier' || !classes.has(callee.name)) return;
      violations.push({
        line: lineOf(start),
        message: `only context.ts makes things: let it hand over a ${callee.name}`,
      });
    },
  });
  return violations;
};

const onlyConfigReadsTheEnvironment: Rule = ({ path, imports, walk, lineOf }) => {
  if (path === ENVIRONMENT_READER) return [];
  const message = `only ${ENVIRONMENT_READER} reads the environment: add a setting there`;
  const violations = imports
    .filter(
      ({ target, name }) => ['node:process', 'process'].includes(target) && ['env', '*', 'default'].includes(name),
    )
    .map(({ line }) => ({ line, message }));
  walk({
    MemberExpression({ object, property, start }) {
      const name = property.type === 'Identifier' ? property.name : property.type === 'Literal' ? property.value : '';
      const ofProcess = object.type === 'Identifier' && object.name === 'process';
      if (name === 'env' && (ofProcess || object.type === 'MetaProperty'))
        violations.push({ line: lineOf(start), message });
    },
  });
  return violations;
};

const widgetIsSafeOnStrictPages: Rule = ({ path, walk, lineOf }) => {
  if (!isWidget(path)) return [];
  const violations: Violation[] = [];
  walk({
    Identifier({ name, start }) {
      const fix = Object.hasOwn(WIDGET_BANS, name) ? WIDGET_BANS[name] : undefined;
      if (fix) violations.push({ line: lineOf(start), message: `${name} is not used in the widget: ${fix}` });
    },
    TaggedTemplateExpression({ tag, quasi }) {
      if (tag.type !== 'Identifier' || !['html', 'svg'].includes(tag.name)) return;
      for (const { value, start } of quasi.quasis) {
        for (const { pattern, fix } of TEMPLATE_BANS) {
          const found = pattern.exec(value.raw);
          if (!found) continue;
          const line = lineOf(start) + value.raw.slice(0, found.index).split('\n').length - 1;
          violations.push({ line, message: `“${found[0].trim()}” does not stand in a template: ${fix}` });
        }
      }
    },
  });
  return violations;
};

const RULES = [
  runOneWay,
  widgetKnowsTheContractOnly,
  packagesStayAtHome,
  onlyMakersMake,
  onlyConfigReadsTheEnvironment,
  widgetIsSafeOnStrictPages,
];

/** What is wrong in a file, one line each: `proxy/http/api.ts:12 …`. */
export function violationsIn(source: Source): string[] {
  return RULES.flatMap((rule) => rule(source))
    .sort((one, other) => one.line - other.line)
    .map(({ line, message }) => `${source.path}:${line} ${message}`);
}
