import {
  describeInteractiveOverload,
  describeRandomTraffic,
  describeSteadyTraffic,
} from '../../support/simulated-traffic.ts';

const SEED_COUNT = 40;

describeInteractiveOverload('50 ms to 9 s');
for (const duration of ['50 ms', '9 s', 'mostly 50 ms, sometimes 9 s'] as const) {
  describeSteadyTraffic(duration);
  describeInteractiveOverload(duration);
}
describeRandomTraffic(SEED_COUNT);
