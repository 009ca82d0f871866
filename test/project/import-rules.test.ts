/** The check of import directions finds what it is there to find, and lets the rest pass. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { importDirections } from '../../.config/imports/check.ts';
import { violationsIn } from '../../.config/imports/rules.ts';
import { parseSource } from '../../.config/imports/source.ts';

interface Case {
  says: string;
  path: string;
  code: string;
  /** Beginning and a part of the one violation; absent where the code is fine. */
  violation?: [where: string, part: string];
}

const cases: Case[] = [
  {
    says: 'lets http call a use case',
    path: 'proxy/http/api.ts',
    code: "import { invite } from '../sessions/invite.ts';",
  },
  {
    says: 'refuses a use case that imports http',
    path: 'proxy/invites/invite.ts',
    code: "\nimport { parseBody } from '../http/parse.ts';",
    violation: ['proxy/invites/invite.ts:2', 'nothing of http'],
  },
  {
    says: 'refuses the contract anything of ours',
    path: 'proxy/contract/session.ts',
    code: "import type { Config } from '../config.ts';",
    violation: ['proxy/contract/session.ts:1', 'nothing of config'],
  },
  {
    says: 'refuses a re-export as it refuses an import',
    path: 'proxy/evalon/client.ts',
    code: "export { queries } from '../store/store.ts';",
    violation: ['proxy/evalon/client.ts:1', 'nothing of store'],
  },
  {
    says: 'refuses a lazy import as it refuses an import',
    path: 'proxy/auth/authenticate.ts',
    code: "export const load = () => import('../store/store.ts');",
    violation: ['proxy/auth/authenticate.ts:1', 'nothing of store'],
  },
  {
    says: 'lets http name the types of the store',
    path: 'proxy/http/health.ts',
    code: "import type { Store } from '../store/store.ts';",
  },
  {
    says: 'refuses http a value of the store',
    path: 'proxy/http/health.ts',
    code: "import { queries } from '../store/store.ts';",
    violation: ['proxy/http/health.ts:1', 'types only of store'],
  },
  {
    says: 'refuses the proxy anything of the widget',
    path: 'proxy/http/static-files.ts',
    code: "import { tag } from '../../widget/elements/base/define.ts';",
    violation: ['proxy/http/static-files.ts:1', 'may not import widget/elements/base/define.ts'],
  },
  {
    says: 'asks for a row for a new place',
    path: 'proxy/billing/invoice.ts',
    code: 'export const invoice = 1;',
    violation: ['proxy/billing/invoice.ts:1', 'table.ts'],
  },
  {
    says: 'refuses SQL outside the store',
    path: 'proxy/sessions/list-by-candidates.ts',
    code: "import { sql } from 'kysely';",
    violation: ['proxy/sessions/list-by-candidates.ts:1', 'kysely belongs to proxy/store/'],
  },
  {
    says: 'refuses the SQLite driver outside of sqlite.ts',
    path: 'proxy/store/events.ts',
    code: "import Database from 'better-sqlite3';",
    violation: ['proxy/store/events.ts:1', 'proxy/store/sqlite.ts'],
  },
  {
    says: 'refuses the environment outside of config.ts',
    path: 'proxy/main.ts',
    code: 'export const port = process.env.PORT;',
    violation: ['proxy/main.ts:1', 'only proxy/config/config.ts reads the environment'],
  },
  {
    says: 'refuses the environment under another name',
    path: 'proxy/util/log.ts',
    code: "import { env } from 'node:process'; env;",
    violation: ['proxy/util/log.ts:1', 'only proxy/config/config.ts reads the environment'],
  },
  {
    says: 'lets config.ts read the environment',
    path: 'proxy/config/config.ts',
    code: 'export const port = process.env.PORT;',
  },
  {
    says: 'refuses to make what another place offers',
    path: 'proxy/stream/broker.ts',
    code: "import { openStore } from '../store/store.ts';",
    violation: ['proxy/stream/broker.ts:1', 'only context.ts makes'],
  },
  {
    says: "refuses to construct another place's class",
    path: 'proxy/webhooks/receive.ts',
    code: "import { Hub } from '../stream/hub.ts';\nexport const hub = new Hub();",
    violation: ['proxy/webhooks/receive.ts:2', 'hand over a Hub'],
  },
  {
    says: 'lets anybody throw an error of errors.ts',
    path: 'proxy/sessions/list-by-candidates.ts',
    code: "import { NotFound } from '../errors.ts';\nthrow new NotFound('No.');",
  },
  {
    says: 'lets context.ts make things',
    path: 'proxy/context.ts',
    code: "import { openStore } from './store/store.ts'; openStore();",
  },
  {
    says: 'lets the widget import types, paths and status constants',
    path: 'widget/api/client.ts',
    code: [
      "import { scorecardPath } from '../../proxy/contract/routes.ts';",
      "import { isDead } from '../../proxy/contract/status.ts';",
      "import type { Session } from '../../proxy/contract/session.ts';",
    ].join('\n'),
  },
  {
    says: 'refuses the widget a schema',
    path: 'widget/api/client.ts',
    code: "import { type Session, sessionSchema } from '../../proxy/contract/session.ts';",
    violation: ['widget/api/client.ts:1', 'zod'],
  },
  {
    says: 'refuses the widget the rest of the proxy, even as types',
    path: 'widget/api/client.ts',
    code: "import type { Config } from '../../proxy/config/config.ts';",
    violation: ['widget/api/client.ts:1', 'only proxy/contract/'],
  },
  {
    says: 'refuses markup made of text',
    path: 'widget/elements/evalon-status/evalon-status.ts',
    code: 'export const write = (to: Element) => {\n  to.innerHTML = "";\n};',
    violation: ['widget/elements/evalon-status/evalon-status.ts:2', 'innerHTML'],
  },
  {
    says: 'refuses a style attribute in a template',
    path: 'widget/elements/evalon-status/evalon-status.ts',
    code: 'export const bar = html`\n  <p\n    style="width: 3px"></p>`;',
    violation: ['widget/elements/evalon-status/evalon-status.ts:3', 'style='],
  },
  {
    says: 'lets a template set a style property',
    path: 'widget/elements/evalon-status/evalon-status.ts',
    code: `export const bar = html\`<p .style=\${width} data-style="bar"></p>\`;`,
  },
];

for (const { says, path, code, violation } of cases) {
  test(says, () => {
    const found = violationsIn(parseSource(path, code));
    if (!violation) {
      assert.deepEqual(found, []);
      return;
    }
    assert.equal(found.length, 1, found.join('\n'));
    const [where, part] = violation;
    assert.ok(found[0]?.startsWith(`${where} `), found[0]);
    assert.ok(found[0]?.includes(part), found[0]);
  });
}

test('reads every file of proxy/ and widget/, folders within folders too', () => {
  const root = mkdtempSync(join(tmpdir(), 'imports-'));
  try {
    mkdirSync(join(root, 'proxy/sandbox/pages'), { recursive: true });
    mkdirSync(join(root, 'widget'));
    writeFileSync(join(root, 'proxy/sandbox/pages/list.ts'), "import { readConfig } from '../../config.ts';\n");
    writeFileSync(join(root, 'widget/embed.ts'), "import '../proxy/main.ts';\n");
    const { ok, output } = importDirections(root);
    assert.equal(ok, false);
    assert.match(output, /^proxy\/sandbox\/pages\/list\.ts:1 .*\nwidget\/embed\.ts:1 .*$/);
  } finally {
    rmSync(root, { recursive: true });
  }
});
