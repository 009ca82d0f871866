import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { clientConfigSchema } from '../../../proxy/contract/client-config.ts';
import { LOCALES } from '../../../proxy/contract/locales.ts';
import { createRecruiterClient } from '../../support/api-client.ts';
import { startEvalon } from '../../support/evalon.ts';
import { waitFor } from '../../support/eventually.ts';
import { buildProxySettings, createTempFolder, startProxyProcess } from '../../support/proxy.ts';
import { startStack } from '../../support/start-stack.ts';

describe('the client config', () => {
  it('has default messages, which name the company if it is set', async (test) => {
    const { recruiter } = await startStack(test);
    const { body } = await recruiter.get('/v1/config');
    assert.deepEqual(clientConfigSchema.strict().parse(body), body);
    assert.deepEqual(body.locales, LOCALES);
    for (const kind of ['invite', 'reminder']) {
      assert.match(body[`${kind}_subject`], /\{assessment\}/);
      assert.match(body[`${kind}_message`], /^Hi \{first_name\},\n.*\{link\}.*\n\{recruiter\}\n\{company\}$/s);
    }
    assert.doesNotMatch(body.invite_message, /at \{company\}/);
    for (const name of ['company', 'notice', 'recruiter']) assert.equal(name in body, false, name);

    const settings = { COMPANY_NAME: 'Example Inc.', CANDIDATE_NOTICE: 'https://example.com/notice' };
    const { proxy } = await startStack(test, { settings });
    const alex = await createRecruiterClient(proxy.url, { name: 'Alex Miller' });
    const config = (await alex.get('/v1/config')).body;
    assert.deepEqual([config.company, config.notice], ['Example Inc.', 'https://example.com/notice']);
    assert.equal(config.recruiter, 'Alex Miller');
    assert.match(config.invite_message, /at \{company\}/);
  });

  it('has the built-in messages in the language that the widget asks for, and in English otherwise', async (test) => {
    const { recruiter } = await startStack(test);
    const getGreeting = async (query: string) =>
      (await recruiter.get(`/v1/config${query}`)).body.invite_message.split(/[ ,]/)[0];
    assert.equal(await getGreeting('?locale=de'), 'Guten');
    assert.equal(await getGreeting('?locale=de-AT'), 'Guten');
    for (const query of ['', '?locale=en', '?locale=sv', '?locale=de&locale=fr']) {
      assert.equal(await getGreeting(query), 'Hi', query);
    }
  });

  it('has the configured invite message, and the new message after a reload', async (test) => {
    const { folder, remove } = createTempFolder();
    const file = `${folder}/message.txt`;
    writeFileSync(file, 'Dear {name},\n\n{link}\n');
    const evalon = await startEvalon();
    const settings = { INVITE_SUBJECT: 'The {assessment} assessment', INVITE_MESSAGE_FILE: file };
    const proxy = await startProxyProcess(buildProxySettings(evalon, settings));
    test.after(async () => {
      await proxy.kill('SIGKILL');
      await evalon.close();
      remove();
    });
    const recruiter = await createRecruiterClient(proxy.url);
    const getConfig = async () => (await recruiter.get('/v1/config')).body;
    const { invite_subject, invite_message } = await getConfig();
    assert.equal(invite_subject, 'The {assessment} assessment');
    assert.equal(invite_message, 'Dear {name},\n\n{link}');
    writeFileSync(file, 'Now: {link}');
    proxy.sendSignal('SIGHUP');
    await waitFor(async () => (await getConfig()).invite_message === 'Now: {link}');
  });
});
