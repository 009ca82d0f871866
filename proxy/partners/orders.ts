/**
 * Handles the orders that recruiters place in the ATS. An order sends the same invite as a click in the widget. The
 * proxy stores the order, to report the result to the ATS. A repeated request returns the same order.
 */
import { randomUUID } from 'node:crypto';
import type { Recruiter } from '../auth/recruiter.ts';
import type { Config } from '../config/config.ts';
import { isCallbackAllowed, type PartnerAts } from '../config/partners.ts';
import { canDeliverLinks } from '../config/write-back.ts';
import type { Assessment } from '../contract/client-config.ts';
import type { Invite } from '../contract/session.ts';
import type { InviteCandidate } from '../invites/invite.ts';
import { enqueuePartnerUpdates } from '../sessions/enqueue-partner-updates.ts';
import { assertVisible } from '../sessions/get-session.ts';
import type { PartnerOrder, SessionRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { type Clock, timestamp } from '../util/clock.ts';
import { Conflict, InvalidRequest, NotFound } from '../util/errors.ts';
import { deriveUuid } from '../util/uuid.ts';
import { PARTNER_LABELS } from './caller.ts';

export interface OrderRequest extends Pick<Invite, 'candidate_email' | 'candidate_name' | 'application_id'> {
  ats: PartnerAts;
  /** The result of `toTestId`. */
  testId: string;
  /** Identifies the order in the ATS. */
  reference: string;
  callbackUrl?: string | undefined;
  /** The ATS's id of the job, if the ATS names it. */
  jobId?: string | undefined;
}

interface Options {
  store: Store;
  clock: Clock;
  config: () => Pick<Config, 'assessments' | 'delivery' | 'partners' | 'writeBack'>;
  inviteCandidate: InviteCandidate;
}

/** Returns the id by which an ATS knows an offered assessment. The id is the same on all nodes and after a restart. */
export function toTestId({ project_id, assessment_type }: Pick<Assessment, 'project_id' | 'assessment_type'>): string {
  return deriveUuid(JSON.stringify([project_id, assessment_type]));
}

export function createOrders({ store, clock, config, inviteCandidate }: Options) {
  function findAssessment({ testId, jobId }: OrderRequest): Assessment {
    const assessment = config().assessments.find((offered) => toTestId(offered) === testId);
    if (!assessment) throw new NotFound('This assessment is no longer offered. Choose another one.');
    if (jobId !== undefined && assessment.jobs && !assessment.jobs.includes(jobId)) {
      throw new InvalidRequest('This assessment is not offered for this job. Choose another one.', [], 422);
    }
    return assessment;
  }

  /** An order promises that the candidate gets the link without the recruiter. */
  function assertDelivers({ ats, application_id }: OrderRequest): void {
    const { delivery, writeBack } = config();
    if (delivery === 'evalon') return;
    if (delivery === 'ats' && application_id !== undefined && canDeliverLinks(writeBack, ats)) return;
    throw new InvalidRequest(
      `Candidates don't get a link automatically here, so ${PARTNER_LABELS[ats]} can't order assessments. Ask your IT team to set who sends the link.`,
      [],
      422,
    );
  }

  function assertCallback(callbackUrl: string | undefined): void {
    if (callbackUrl === undefined || isCallbackAllowed(config().partners, callbackUrl)) return;
    throw new InvalidRequest("The result can't be sent to this address. Contact IT.", [
      { path: 'url', message: 'must be an https URL of the ATS' },
    ]);
  }

  /** Returns the open order with this reference, or stores a new one. */
  async function storeOrder(session_uuid: string, { ats, reference, callbackUrl }: OrderRequest): Promise<string> {
    return store.write(async (queries) => {
      const session = await queries.sessions.get(session_uuid);
      if (!session) throw new Conflict('This candidate was erased during the order. Check before you order again.');
      const orders = await queries.partnerOrders.list(session_uuid);
      const openOrder = orders.find(
        (order) => order.ats === ats && order.reference === reference && order.cancelled_at === null,
      );
      if (openOrder) return openOrder.order_id;
      const order: PartnerOrder = {
        order_id: randomUUID(),
        ats,
        session_uuid,
        reference,
        callback_url: callbackUrl ?? null,
        created_at: timestamp(clock),
        cancelled_at: null,
      };
      await queries.partnerOrders.insert(order);
      // The candidate may have started, or even finished, after an earlier invite.
      if (session.status !== 'invited') await enqueuePartnerUpdates(queries, session, [order]);
      return order.order_id;
    });
  }

  async function findOrder(ats: PartnerAts, orderId: string) {
    const { order, session } = await store.read(async ({ partnerOrders, sessions }) => {
      const order = await partnerOrders.get(orderId);
      return { order, session: order && (await sessions.get(order.session_uuid)) };
    });
    return order?.ats === ats ? { order, session } : undefined;
  }

  async function findVisibleOrder(caller: Recruiter, ats: PartnerAts, orderId: string) {
    const found = await findOrder(ats, orderId);
    if (!found) throw new NotFound('This order does not exist.');
    return { order: found.order, session: assertVisible(caller, found.session) };
  }

  return {
    /**
     * Returns the id of the order.
     * @throws InvalidRequest, NotFound, and what the invite throws
     */
    async place(caller: Recruiter, request: OrderRequest): Promise<string> {
      const { ats, candidate_email, candidate_name, application_id } = request;
      const { project_id, assessment_type } = findAssessment(request);
      assertDelivers(request);
      assertCallback(request.callbackUrl);
      const invite: Invite = { assessment_type, candidate_email, candidate_name, project_id };
      const { session } = await inviteCandidate(caller, {
        ...invite,
        ...(application_id !== undefined && { ats, application_id }),
      });
      return storeOrder(session.session_uuid, request);
    },

    /** @throws NotFound, also for an order of another ATS. */
    async getSession(caller: Recruiter, ats: PartnerAts, orderId: string): Promise<SessionRow> {
      return (await findVisibleOrder(caller, ats, orderId)).session;
    },

    /** Returns undefined for an unknown order. */
    async findCandidateName(ats: PartnerAts, orderId: string): Promise<string | undefined> {
      return (await findOrder(ats, orderId))?.session?.candidate_name;
    },

    /**
     * Ends the updates about an order. Evalon has no cancellation, so the candidate's link remains valid.
     * @throws NotFound; Conflict if the candidate has finished
     */
    async cancel(caller: Recruiter, ats: PartnerAts, orderId: string): Promise<void> {
      const { order, session } = await findVisibleOrder(caller, ats, orderId);
      if (order.cancelled_at !== null) return;
      if (session.status === 'completed') {
        throw new Conflict("The candidate has completed this assessment, so it can't be cancelled.");
      }
      await store.write(async ({ partnerOrders, outbox }) => {
        await partnerOrders.cancel(orderId, timestamp(clock));
        await outbox.deletePending(session.session_uuid, orderId);
      });
    },
  };
}
