/** One source file as far as the rules need it: its imports, and a walk over its syntax. */
import { dirname, join } from 'node:path/posix';
import { type ESTree, parseSync, Visitor } from 'vite';

interface Import {
  /** A path from the root, such as `proxy/util/errors.ts`, or the name of a package. */
  target: string;
  isPackage: boolean;
  /** The imported name; `*` where it is everything. */
  name: string;
  local: string;
  typeOnly: boolean;
  line: number;
}

export interface Source {
  /** From the root, with slashes, such as `proxy/http/api.ts`. */
  path: string;
  imports: Import[];
  lineOf(offset: number): number;
  walk(visitors: ConstructorParameters<typeof Visitor>[0]): void;
}

/** @throws where the text is no TypeScript. */
export function parseSource(path: string, text: string): Source {
  const { program, errors } = parseSync(path, text);
  if (errors.length) throw new Error(`${path}: ${errors[0]?.message}`);
  const lineOf = (offset: number) => text.slice(0, offset).split('\n').length;
  return {
    path,
    lineOf,
    imports: program.body.flatMap((statement) => importsOf(path, statement, lineOf)).concat(lazyImports()),
    walk: (visitors) => new Visitor(visitors).visit(program),
  };

  function lazyImports(): Import[] {
    const found: Import[] = [];
    new Visitor({
      ImportExpression({ source, start }) {
        if (source.type !== 'Literal' || typeof source.value !== 'string') return;
        found.push({ ...resolved(path, source.value), name: '*', local: '', typeOnly: false, line: lineOf(start) });
      },
    }).visit(program);
    return found;
  }
}

function importsOf(path: string, statement: ESTree.Statement | ESTree.Directive, lineOf: (at: number) => number) {
  const line = lineOf(statement.start);
  if (statement.type === 'ImportDeclaration') {
    const target = resolved(path, statement.source.value);
    const all = statement.importKind === 'type';
    if (!statement.specifiers.length) return [{ ...target, name: '*', local: '', typeOnly: false, line }];
    return statement.specifiers.map((specifier): Import => {
      const named = specifier.type === 'ImportSpecifier';
      return {
        ...target,
        name: named ? nameOf(specifier.imported) : '*',
        local: specifier.local.name,
        typeOnly: all || (named && specifier.importKind === 'type'),
        line,
      };
    });
  }
  if (statement.type === 'ExportAllDeclaration') {
    const typeOnly = statement.exportKind === 'type';
    return [{ ...resolved(path, statement.source.value), name: '*', local: '', typeOnly, line }];
  }
  if (statement.type === 'ExportNamedDeclaration' && statement.source) {
    const target = resolved(path, statement.source.value);
    const all = statement.exportKind === 'type';
    return statement.specifiers.map((specifier): Import => {
      return {
        ...target,
        name: nameOf(specifier.local),
        local: '',
        typeOnly: all || specifier.exportKind === 'type',
        line,
      };
    });
  }
  return [];
}

function nameOf(name: ESTree.ModuleExportName): string {
  return name.type === 'Literal' ? name.value : name.name;
}

function resolved(from: string, target: string): Pick<Import, 'target' | 'isPackage'> {
  if (target.startsWith('.')) return { target: join(dirname(from), target), isPackage: false };
  const parts = target.split('/');
  return { target: parts.slice(0, target.startsWith('@') ? 2 : 1).join('/'), isPackage: true };
}
