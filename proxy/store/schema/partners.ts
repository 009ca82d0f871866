/** Assessments that recruiters ordered in their ATS. */
import type { Selectable } from 'kysely';
import type { PartnerAts } from '../../config/partners.ts';

export interface PartnerOrdersTable {
  /** A random UUID, by which the ATS knows the order. */
  order_id: string;
  ats: PartnerAts;
  session_uuid: string;
  /** Identifies the order in the ATS, so that a repeated request is the same order. */
  reference: string;
  /** The ATS's URL for updates about this order. Null if the ATS has one URL for all orders. */
  callback_url: string | null;
  created_at: string;
  /** From this time on, the ATS gets no more updates. */
  cancelled_at: string | null;
}

export type PartnerOrder = Selectable<PartnerOrdersTable>;
