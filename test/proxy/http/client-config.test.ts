import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { clientConfigSchema } from '../../../proxy/contract/client-config.ts';
import { createRecruiterClient } from '../../support/api-client.ts';
import { startEvalon } from '../../support/evalon.ts';
import { waitFor } from '../../support/eventually.ts';
import { buildProxySettings, createTempFolder, startProxyProcess } from '../../support/proxy.ts';
import { startStack } from '../../support/start-stack.ts';

describe('the client config', () => {
  it('has a default invite message', async (test) => {
    const { recruiter } = await startStack(test);
    const { body } = await recruiter.get('/v1/config');
    assert.deepEqual(clientConfigSchema.strict().parse(body), body);
    assert.match(body.invite_subject, /\{assessment\}/);
    assert.match(body.invite_message, /^Hello \{name\},\n.*\{link\}/s);
  });

  it('has the configured invite message, and the new message after a reload', async (test) => {
    const { folder, remove } = createTempFolder();
    const file = `${folder}/message.txt`;
    writeFileSync(file, 'Dear {name},\n\n{link}\n');
    const evalon = await startEvalon({});
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
