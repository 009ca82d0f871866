import { describe, it } from 'node:test';
import { TINY_DISK_SKIP_REASON } from '../../support/full-disk.ts';
import { assertWebhooksSurviveFullDisk, startTinyDiskStack } from '../../support/tiny-disk-stack.ts';

describe('while the disk is full', { skip: TINY_DISK_SKIP_REASON }, () => {
  it('a proxy that reuses its write-ahead log acknowledges only webhooks that it stores, and applies each once', async (test) => {
    const diskSize = '20m';
    const { disk, start } = await startTinyDiskStack(test, diskSize);
    const webhooksBefore = 500;
    await assertWebhooksSurviveFullDisk(await start(), disk, webhooksBefore);
  });
});
