/** The caller of an assessment partner API: an ATS, with the rights of a recruiter in all offered projects. */
import { PROXY_ISSUER } from '../audit/audit-log.ts';
import type { Recruiter } from '../auth/recruiter.ts';
import type { PartnerAts } from '../config/partners.ts';
import type { Assessment } from '../contract/client-config.ts';

export const PARTNER_LABELS: Readonly<Record<PartnerAts, string>> = { greenhouse: 'Greenhouse', ashby: 'Ashby' };

/** @param assessments the setting `ASSESSMENTS`. */
export function createPartnerCaller(ats: PartnerAts, assessments: readonly Assessment[]): Recruiter {
  return {
    iss: PROXY_ISSUER,
    sub: `partner:${ats}`,
    name: PARTNER_LABELS[ats],
    projects: new Set(assessments.map(({ project_id }) => project_id)),
    scope: new Set(['read', 'invite']),
    expiresAt: Number.POSITIVE_INFINITY,
  };
}
