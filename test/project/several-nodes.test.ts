/** The files in deploy/ for several nodes are consistent with each other and with the proxy. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { parse, parseAllDocuments } from 'yaml';
import * as ROUTES from '../../proxy/contract/routes.ts';
import { startHttpServer } from '../support/http-server.ts';
import { isInstalled, startNginx } from '../support/reverse-proxies.ts';

const ROOT = join(import.meta.dirname, '../..');
const readText = (path: string) => readFileSync(join(ROOT, path), 'utf8');
/** The maximum number of seconds that the proxy's shutdown takes. */
const SHUTDOWN_SECONDS = 25;
/** The largest batch that the proxy accepts. */
const MAX_BATCH_BYTES = 8 * 1024 * 1024;

const NGINX_CONFIG = readText('deploy/compose/nginx.conf');

describe('deploy/compose', () => {
  const { services, secrets } = parse(readText('deploy/compose/compose.yml'), { merge: true });
  const [firstNode, secondNode] = [services['node-1'], services['node-2']];
  const getAddress = (service: { networks: { nodes: { ipv4_address: string } } }) =>
    service.networks.nodes.ipv4_address;

  it('runs two nodes that differ only in their address', () => {
    assert.deepEqual({ ...secondNode, networks: firstNode.networks }, firstNode);
    assert.notEqual(getAddress(secondNode), getAddress(firstNode));
  });

  it('sends requests to both nodes through nginx, which the nodes trust', () => {
    const targets = [...NGINX_CONFIG.matchAll(/^ {4}server (\S+)/gm)].map(([, target]) => target);
    assert.deepEqual(targets, [`${getAddress(firstNode)}:8787`, `${getAddress(secondNode)}:8787`]);
    assert.equal(firstNode.environment.TRUSTED_PROXIES, getAddress(services.nginx));
  });

  it('gives a node enough time to stop, and starts it after the database', () => {
    assert.ok(Number.parseInt(firstNode.stop_grace_period, 10) > SHUTDOWN_SECONDS);
    assert.equal(firstNode.depends_on.postgres.condition, 'service_healthy');
  });

  it('reads passwords from files', () => {
    assert.equal(firstNode.environment.DATABASE_URL_FILE, `/run/secrets/${firstNode.secrets[0]}`);
    assert.equal(services.postgres.environment.POSTGRES_PASSWORD_FILE, `/run/secrets/${services.postgres.secrets[0]}`);
    assert.deepEqual(Object.keys(secrets).sort(), [...firstNode.secrets, ...services.postgres.secrets].sort());
  });
});

describe('deploy/kubernetes', () => {
  const documents = parseAllDocuments(readText('deploy/kubernetes/evalon-proxy.yml')).map((document) =>
    document.toJS(),
  );
  const findDocument = (kind: string) => documents.find((document) => document.kind === kind);
  const { template, selector, replicas, strategy } = findDocument('Deployment').spec;
  const [container] = template.spec.containers;

  it('keeps one node serving while another is replaced or its machine is drained', () => {
    assert.ok(replicas >= 2);
    assert.equal(strategy.rollingUpdate.maxUnavailable, 0);
    assert.ok(findDocument('PodDisruptionBudget').spec.minAvailable >= 1);
  });

  it('selects the pods of the deployment for the service and the disruption budget', () => {
    const { labels } = template.metadata;
    assert.deepEqual(selector.matchLabels, labels);
    assert.deepEqual(findDocument('Service').spec.selector, labels);
    assert.deepEqual(findDocument('PodDisruptionBudget').spec.selector.matchLabels, labels);
    assert.equal(findDocument('Service').spec.ports[0].targetPort, container.ports[0].name);
  });

  it('restarts a node that is not live, and sends no request to one that is not ready', () => {
    assert.equal(container.livenessProbe.httpGet.path, ROUTES.health);
    assert.equal(container.startupProbe.httpGet.path, ROUTES.health);
    assert.equal(container.readinessProbe.httpGet.path, ROUTES.ready);
  });

  it('gives a node enough time to stop', () => {
    const { preStop } = container.lifecycle;
    assert.ok(template.spec.terminationGracePeriodSeconds > preStop.sleep.seconds + SHUTDOWN_SECONDS);
  });
});

describe('nginx in front of several nodes', { skip: isInstalled('nginx') ? false : 'nginx is not installed' }, () => {
  /** Starts nginx with the configuration, but without TLS, in front of two servers. */
  async function startNodes(test: TestContext, ...handlers: [RequestListener, RequestListener]) {
    const nodes = await Promise.all(handlers.map((handler) => startHttpServer(handler)));
    const servers = nodes.map(({ url }) => new URL(url).host);
    const [, http = ''] = /^http \{\n(.*)^\}$/ms.exec(NGINX_CONFIG) ?? [];
    const reverseProxy = await startNginx((port) =>
      http
        .replace('443 ssl', `127.0.0.1:${port}`)
        .replaceAll(/^ *ssl_.*\n/gm, '')
        .replaceAll(/172\.30\.87\.\d+:8787/g, () => servers.shift() ?? ''),
    );
    test.after(async () => {
      await reverseProxy.stop();
      for (const node of nodes) await node.close();
    });
    return { nodes, url: reverseProxy.url };
  }

  const post = (url: string, body = '{}') => fetch(url, { method: 'POST', body });

  it('serves every request while one node is down', async (t) => {
    const respond: RequestListener = (_request, response) => void response.end('served');
    const { nodes, url } = await startNodes(t, respond, respond);
    await nodes[0]?.close();
    for (let n = 0; n < 20; n++) assert.equal((await post(`${url}/v1/sessions`)).status, 200);
  });

  it('passes a webhook on to another node if one node cannot store it', async (t) => {
    const received: string[] = [];
    const { url } = await startNodes(
      t,
      (_request, response) => response.writeHead(503).end(),
      (request, response) => {
        received.push(String(request.url));
        response.writeHead(202).end();
      },
    );
    for (let n = 0; n < 5; n++) assert.equal((await post(`${url}/webhooks/evalon/secret`)).status, 202);
    assert.equal(received.filter((path) => path.startsWith('/webhooks/')).length, 5);
  });

  it('does not pass an invite on to the second node if the first node refuses it', async (t) => {
    let count = 0;
    const refuse: RequestListener = ({ method }, response) => {
      if (method === 'POST') count += 1;
      response.writeHead(503).end();
    };
    const { url } = await startNodes(t, refuse, refuse);
    assert.equal((await post(`${url}/v1/sessions`)).status, 503);
    assert.equal(count, 1);
  });

  it('accepts the largest batch', async (t) => {
    const respond: RequestListener = (request, response) => void request.resume().once('end', () => response.end());
    const { url } = await startNodes(t, respond, respond);
    assert.equal((await post(`${url}/v1/batches`, 'x'.repeat(MAX_BATCH_BYTES))).status, 200);
  });
});
