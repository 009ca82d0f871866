/** Puts each status change into the outbox for `OUTBOUND_WEBHOOK_URL`, in the same transaction as the change. */
import type { Config } from '../config/config.ts';
import type { Session } from '../contract/session.ts';
import type { Queries } from '../store/store.ts';
import { type Clock, timestamp } from '../util/clock.ts';

/** The body of an outbound webhook. */
interface StatusEvent {
  type: 'session.status';
  /** When the status changed. */
  timestamp: string;
  data: Omit<Session, 'candidate_url'>;
}

interface Options {
  clock: Clock;
  config: () => Pick<Config, 'outboundWebhook'>;
}

/** @param session as it is after the change. */
export async function enqueueOutboundWebhook(
  { outbox }: Queries,
  { clock, config }: Options,
  { candidate_url: _, ...data }: Session,
): Promise<void> {
  if (!config().outboundWebhook) return;
  const event: StatusEvent = { type: 'session.status', timestamp: timestamp(clock), data };
  await outbox.add({
    session_uuid: data.session_uuid,
    channel: 'webhook',
    target: 'webhook',
    occasion: 'status',
    facts: JSON.stringify(event),
    state: 'pending',
  });
}
