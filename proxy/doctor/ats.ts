/** Checks each connected ATS: looks up a candidate who does not exist, and probes whether the proxy may write. */
import { type AtsProbeResult, probeConnectors } from '../ats/probe-connectors.ts';
import type { Writer } from '../ats/writer.ts';
import { createWriters } from '../ats/writers.ts';
import type { Config } from '../config/config.ts';
import { canDeliverLinks } from '../config/write-back.ts';
import type { Clock } from '../util/clock.ts';
import { type CheckResult, fail, ok, warn } from './check-result.ts';

export async function checkAts(
  { ats, adapters, assessments, writeBack, delivery }: Config,
  clock: Clock,
  signal: AbortSignal,
): Promise<CheckResult[]> {
  const probes = await probeConnectors(ats, clock, signal);
  const connections = probes.map(({ label, outcome }): CheckResult => {
    if (outcome === 'accepted') return ok(`${label} responds and accepts its credentials`);
    return outcome === 'refused'
      ? fail(
          `${label} does not let the proxy read candidates`,
          'set credentials with the permissions that docs/ats/ lists',
        )
      : fail(`${label} gives no valid response`, 'check its ATS_ settings, and the firewall for outgoing https');
  });
  const probesWithoutAdapter = probes.filter((probe) => !adapters.some((adapter) => adapter.ats === probe.ats));
  return [
    ...connections,
    ...(await checkWriters([...createWriters(ats, writeBack, clock).values()], signal)),
    ...(delivery === 'ats' ? probes.map((probe) => checkLinkDelivery(probe, writeBack)) : []),
    ...probesWithoutAdapter.map(({ label, ats: name }) =>
      warn(`no page adapter reads the pages of ${label}`, `describe them in ATS_ADAPTERS, with "ats": "${name}"`),
    ),
    ...(probes.length && !assessments.length
      ? [warn('ASSESSMENTS is empty, so the proxy looks up no candidate in an ATS', 'list what recruiters may offer')]
      : []),
  ];
}

function checkLinkDelivery({ ats, label }: AtsProbeResult, targets: Config['writeBack']): CheckResult {
  return canDeliverLinks(targets, ats)
    ? ok(`${label} gets the candidates' links`)
    : warn(
        `${label} does not get the candidates' links, so recruiters send them`,
        `add {"ats":"${ats}","as":"link"} to ATS_WRITE_BACK`,
      );
}

/** Checks once for each ATS whether the key may write. */
async function checkWriters(writers: readonly Writer[], signal: AbortSignal): Promise<CheckResult[]> {
  const byAts = new Map(writers.map((writer) => [writer.ats, writer]));
  return Promise.all(
    [...byAts.values()].map(async ({ label, probe }) => {
      const outcome = await probe(signal);
      if (outcome === 'accepted') return ok(`${label} lets the proxy write notes`);
      if (outcome === 'unknown') {
        return warn(
          `whether ${label} lets the proxy write is not known`,
          'invite a test candidate, and look at the log',
        );
      }
      return outcome === 'refused'
        ? fail(
            `${label} does not let the proxy write`,
            'set a key with the permissions that docs/ats/write-back.md lists',
          )
        : fail(`${label} gives no valid response to a write`, 'check its ATS_ settings, and try again');
    }),
  );
}
