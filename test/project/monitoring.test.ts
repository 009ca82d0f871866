/** The alert rules and the dashboard in deploy/ use existing metrics, and the manual describes every alert. */
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { createTempFolder } from '../support/proxy.ts';
import { startStack } from '../support/start-stack.ts';

/** Prometheus's rule checker. The test that runs it is skipped if it is not installed. */
const PROMTOOL = 'promtool';
const METRICS_TOKEN = 'the-metrics-token-of-tests';
const ROOT = join(import.meta.dirname, '../..');
const RULES = join(ROOT, 'deploy/prometheus/alerts.yml');
const RULE_TESTS = join(ROOT, 'deploy/prometheus/alerts.test.yml');
const DASHBOARD = join(ROOT, 'deploy/grafana/evalon-proxy.json');
/** The width of Grafana's grid. */
const GRID_COLUMNS = 24;
/** Grafana's variable for the selected data source. */
const SELECTED_DATA_SOURCE = `\${datasource}`;
const MANUAL = readFileSync(join(ROOT, 'docs/deploy.md'), 'utf8');

interface Panel {
  id: number;
  type: string;
  title: string;
  datasource?: { uid: string };
  gridPos: { x: number; y: number; w: number; h: number };
  targets?: { expr: string; datasource: { uid: string } }[];
}

interface Rule {
  alert: string;
  expr: string;
  /** The rule's YAML. */
  yaml: string;
}

const panels = (JSON.parse(readFileSync(DASHBOARD, 'utf8')) as { panels: Panel[] }).panels;

function parseRules(): Rule[] {
  const blocks = readFileSync(RULES, 'utf8')
    .split(/^ {6}- alert: /m)
    .slice(1);
  return blocks.map((yaml) => {
    const [, folded, line = ''] = /^ {8}expr: (?:>-\n((?: {10}.*\n)+)|(.*)\n)/m.exec(yaml) ?? [];
    return { alert: yaml.slice(0, yaml.indexOf('\n')), expr: folded ?? line, yaml };
  });
}

const PROMQL_KEYWORDS = new Set(['and', 'or', 'unless', 'by', 'on', 'without', 'ignoring', 'bool', 'offset']);

/** Returns the metric names of a PromQL expression: words that are not functions, keywords or labels. */
function listMetrics(expr: string): string[] {
  const withoutLabels = expr
    .replaceAll(/"[^"]*"/g, '')
    .replaceAll(/\{[^}]*\}|\[[^\]]*\]/g, '')
    .replaceAll(/\b(by|on|without|ignoring)\s*\([^)]*\)/g, '');
  const words = withoutLabels.match(/[a-zA-Z_:][\w:]*(?!\w*\s*\()/g) ?? [];
  return words.filter((word) => !PROMQL_KEYWORDS.has(word));
}

describe('deploy/', () => {
  it('uses only metrics that the proxy exports', async (test) => {
    const { folder, remove } = createTempFolder();
    test.after(remove);
    const { proxy } = await startStack(test, {
      settings: { METRICS_TOKEN, DATABASE_URL: `file:${folder}/evalon.db` },
    });
    const response = await fetch(`${proxy.url}/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } });
    const exported = new Set([...(await response.text()).matchAll(/^# TYPE (\S+) /gm)].map(([, name]) => name));
    const ruleTests = readFileSync(RULE_TESTS, 'utf8');
    const ruleTestMetrics = [...ruleTests.matchAll(/series: '(\w+)/g)].map(([, name = '']) => name);
    const expressions = [...parseRules(), ...panels.flatMap(({ targets = [] }) => targets)].map(({ expr }) => expr);
    const metricsByExpression = expressions.map(listMetrics);
    assert.ok(ruleTestMetrics.length > 20 && metricsByExpression.length > 50);
    assert.ok(metricsByExpression.every(({ length }) => length > 0));
    // Prometheus itself exports `up`.
    const unknown = [...ruleTestMetrics, ...metricsByExpression.flat()].filter(
      (name) => name !== 'up' && !exported.has(name) && !exported.has(name.replace(/_bucket$/, '')),
    );
    assert.deepEqual(unknown, []);
  });
});

describe('an alert', () => {
  for (const { alert, yaml } of parseRules()) {
    it(`${alert} has a severity, a duration, a summary, and a section in the manual`, () => {
      assert.match(yaml, /^ {8}labels: \{ severity: (critical|warning|info) \}$/m);
      assert.match(yaml, /^ {8}for: \d+[mh]$/m);
      assert.match(yaml, /^ {10}summary: \S/m);
      const anchor = /^ {10}runbook: docs\/deploy\.md#(\S+)$/m.exec(yaml)?.[1];
      assert.ok(anchor && MANUAL.includes(`<a id="${anchor}"></a>`), yaml);
    });
  }

  const skip = isPromtoolInstalled() ? false : 'promtool is not installed (Debian: prometheus)';
  it('is valid for Prometheus, and fires in the rule tests', { skip }, async () => {
    const run = promisify(execFile);
    assert.match((await run(PROMTOOL, ['check', 'rules', RULES])).stdout, /SUCCESS/);
    assert.match((await run(PROMTOOL, ['test', 'rules', RULE_TESTS])).stdout, /SUCCESS/);
  });
});

function isPromtoolInstalled(): boolean {
  try {
    execFileSync(PROMTOOL, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe('the dashboard', () => {
  it('uses the selected data source, and its panels do not overlap', () => {
    const occupied = new Set<string>();
    for (const { id, type, title, datasource, gridPos, targets = [] } of panels) {
      const sources = [datasource, ...targets.map((target) => target.datasource)].filter(Boolean);
      assert.ok(type === 'row' || targets.length, title);
      for (const source of sources) assert.equal(source?.uid, SELECTED_DATA_SOURCE, title);
      assert.equal(panels.filter((panel) => panel.id === id).length, 1);
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
          assert.ok(!occupied.has(`${x} ${y}`), title);
          assert.ok(x < GRID_COLUMNS, title);
          occupied.add(`${x} ${y}`);
        }
      }
    }
  });
});
