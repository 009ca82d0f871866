import { describeRandomTraffic, describeSteadyTraffic } from '../../support/simulated-traffic.ts';

describeSteadyTraffic('50 ms');
describeSteadyTraffic('9 s');
describeSteadyTraffic('mostly 50 ms, sometimes 9 s');
describeRandomTraffic(40);
