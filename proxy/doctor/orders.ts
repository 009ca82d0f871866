/** Checks the settings of orders from an ATS and of stage triggers. */
import type { Config } from '../config/config.ts';
import { PARTNER_ATSS } from '../config/partners.ts';
import { canDeliverLinks } from '../config/write-back.ts';
import { PARTNER_LABELS } from '../partners/caller.ts';
import { type CheckResult, ok, warn } from './check-result.ts';

export function checkOrders(config: Config): CheckResult[] {
  return [...checkPartners(config), ...checkStageTriggers(config)];
}

function checkPartners({ partners, ats: connected, assessments, delivery, writeBack, oidc }: Config): CheckResult[] {
  const results = PARTNER_ATSS.filter((ats) => partners.keys[ats]).flatMap((ats) => {
    const label = PARTNER_LABELS[ats];
    const isDelivered = delivery === 'evalon' || (delivery === 'ats' && canDeliverLinks(writeBack, ats));
    return [
      isDelivered
        ? ok(`${label} can order ${assessments.map((assessment) => assessment.label).join(', ')}`)
        : warn(
            `the proxy refuses orders from ${label}, because candidates get no link automatically`,
            'set INVITE_DELIVERY to evalon, or to ats with an entry of ATS_WRITE_BACK that gives this ATS the link',
          ),
      ...(ats === 'ashby' && !connected.ashby
        ? [warn('Ashby probably refuses results that are sent with PARTNER_ASHBY_KEY', 'set ATS_ASHBY_KEY')]
        : []),
    ];
  });
  return results.length && !oidc
    ? [...results, warn('links from the ATS to a result lead nowhere without single sign-on', 'set OIDC_ISSUER')]
    : results;
}

function checkStageTriggers({ stageTriggers, ats: connected, delivery }: Config): CheckResult[] {
  if (!stageTriggers.length) return [];
  const activeCount = stageTriggers.filter(({ dry_run }) => !dry_run).length;
  return [
    ok(`STAGE_TRIGGERS: ${activeCount} active, ${stageTriggers.length - activeCount} in a dry run`),
    ...(activeCount && delivery === 'copy'
      ? [
          warn(
            'triggers invite candidates, but with INVITE_DELIVERY=copy a recruiter must send each link',
            'set INVITE_DELIVERY to evalon or ats',
          ),
        ]
      : []),
    ...(stageTriggers.some(({ ats }) => ats === 'greenhouse') && !connected.greenhouse
      ? [
          warn(
            "the proxy takes the candidates of triggers from Greenhouse's webhooks, not from its API",
            'set ATS_GREENHOUSE_CLIENT_ID and ATS_GREENHOUSE_CLIENT_SECRET',
          ),
        ]
      : []),
  ];
}
